"""The formats: each turns a page into text or a picture, and knows nothing but pages."""
