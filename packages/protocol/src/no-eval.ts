import * as z from "zod"

/**
 * zod tries whether it may compile its schemas. The webview's policy forbids that, and both sides of VS Code log the try
 * as a fault. Imported before anything that makes a schema.
 */
z.config({ jitless: true })
