export * from "./message.js"
export * from "./model.js"
export * from "./provider-identifiers.js"
export * from "./provider-settings.js"
export * from "./vscode-extension-host.js"

export * from "./providers/index.js"
