// Where the single-file version begins (xtask/single_file.mjs): the page, or its Worker. Modules with a twin of the name X_inlined.js are
// replaced by it there.

if (typeof document === "object") await import("./app.js");
else await import("./shared/background_worker.js");
