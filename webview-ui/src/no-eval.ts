import * as z from "zod"

// zod tries whether it may compile its schemas. The page's policy forbids that, and VS Code logs each try as a fault.
// To be imported before anything that makes a schema.
z.config({ jitless: true })
