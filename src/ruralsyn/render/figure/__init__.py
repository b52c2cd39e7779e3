"""Figures for print, drawn with Matplotlib."""
