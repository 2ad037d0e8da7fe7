import * as z from "zod/mini"
// Imported by its own path, because `z.locales` would bundle all locales.
import en from "zod/v4/locales/en.js"

/**
 * zod probes whether it may compile its schemas. The webview's Content Security Policy forbids that, and both the
 * extension host and the webview log the probe as an error, so `jitless` disables it. This module must be imported
 * before any module that creates a schema. `zod/mini` has no error messages of its own, so the English ones are set
 * here.
 */
z.config({ ...en(), jitless: true })
