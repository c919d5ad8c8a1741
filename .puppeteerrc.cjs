// The browser is one that is there already; nothing is downloaded by an install script.
module.exports = { skipDownload: true };
