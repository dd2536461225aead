// Words of the page in the language of the browser, for what scripts make.
const say = (zh, en) => (document.documentElement.lang.startsWith("zh") ? zh : en);
