// Runs first in the body, so that the page is drawn once, as it will stay.
document.body.className += " js-enabled" + ("noModule" in HTMLScriptElement.prototype ? " govuk-frontend-supported" : "");
