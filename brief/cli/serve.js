// On pages that `make serve` shows: load again after a build, or say what is wrong with the last edit.
{
  const banner = document.createElement("pre");
  banner.setAttribute("role", "alert");
  banner.style.cssText =
    "position:fixed;inset:auto 0 0 0;max-height:50vh;overflow:auto;margin:0;padding:1rem;z-index:9999;" +
    "white-space:pre-wrap;background:#7a1f1f;color:#fff;font:14px/1.5 monospace";
  const { built } = document.currentScript.dataset;
  let lost = false;

  function listen() {
    const news = new WebSocket(`ws://${location.host}/.live/news?built=${built}`);
    news.onopen = () => lost && location.reload();
    news.onmessage = (message) => {
      const { error } = JSON.parse(message.data);
      if (!error) return location.reload();
      banner.textContent = `Not built, this is the last good page.\n\n${error}`;
      document.body.append(banner);
    };
    news.onclose = () => {
      lost = true;
      setTimeout(listen, 1000);
    };
  }
  listen();
}
