// At once, and to the same place on the page: a refresh would forget it.
location.replace(document.currentScript.dataset.to + location.search + location.hash);
