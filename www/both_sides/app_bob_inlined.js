// In place of app_bob.js in the single-file version: its text came along.

import text from "../../examples/app_bob/app_bob.js" with { type: "text" };

export const appBob = async () => text;
