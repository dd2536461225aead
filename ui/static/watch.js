// The library may be changed by others, or at the command line: look while somebody looks.
const EVERY = 4000; // milliseconds
let known = null;
const look = async () => {
  if (document.hidden) return;
  try {
    const state = await server.library_state();
    if (state !== known) trigger("stale");
    known = state;
  } catch {
    return; // the server is away; the next look tells
  }
};
look();
setInterval(look, EVERY);
document.addEventListener("visibilitychange", look);
