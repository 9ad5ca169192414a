// Hands files from one view over to "Look inside", in memory: no address ever holds them.

let receiver;
let waiting = [];

/** Opens the view with these files: `{ name, content, passphrase }`, where `content` is text or bytes. */
export function lookInside(files) {
  waiting = files;
  if (receiver) deliver();
  location.hash = "#look-inside";
}

/** The view says once who takes the files. */
export function receiveFiles(callback) {
  receiver = callback;
  if (waiting.length > 0) deliver();
}

function deliver() {
  const files = waiting;
  waiting = [];
  receiver(files);
}
