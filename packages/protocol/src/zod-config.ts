import * as z from "zod/mini"
// By its own path: `z.locales` would bring all of them.
import en from "zod/v4/locales/en.js"

/**
 * zod tries whether it may compile its schemas. The webview's policy forbids that, and both sides of VS Code log the try
 * as a fault. Imported before anything that makes a schema. The small zod has no sentences of its own, so these are set.
 */
z.config({ ...en(), jitless: true })
