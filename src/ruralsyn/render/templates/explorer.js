"use strict";
{
  const byId = (id) => document.getElementById(id);
  const all = (selector, root = document) => Array.from(root.querySelectorAll(selector));

  // In one function, since the page of an empty map has neither the elements nor the data.
  const explore = () => {
{% include "explorer/model.js" %}
{% include "explorer/search.js" %}
{% include "explorer/details.js" %}
{% include "explorer/panel.js" %}
{% include "explorer/filters.js" %}
{% include "explorer/keyboard.js" %}
{% include "explorer/address.js" %}
{% include "explorer/export.js" %}
{% include "explorer/start.js" %}
  };

  if (byId("map")) explore();
}
