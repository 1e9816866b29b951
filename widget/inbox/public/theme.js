// Runs before the first paint, so that theme, direction and accent never flash. The keys are those of src/theme/theme.ts and src/i18n/locale.ts.
(function () {
  var root = document.documentElement;
  function read(key) {
    try {
      return JSON.parse(localStorage.getItem("lacasa." + key));
    } catch (error) {
      return null;
    }
  }
  var theme = read("theme");
  var dark = theme === "dark" || (theme !== "light" && matchMedia("(prefers-color-scheme: dark)").matches);
  root.classList.toggle("dark", dark);
  var locale = read("locale");
  if (typeof locale === "string") {
    root.lang = locale;
    root.dir = /^(ar|fa|he|ur)\b/.test(locale) ? "rtl" : "ltr";
  }
  var accent = (read("accent") || {})[dark ? "dark" : "light"];
  for (var name in accent) root.style.setProperty(name, accent[name]);
})();
