export type { ConsoleError } from "./console-watch"
export type { ExtensionUnderTest } from "./extension-under-test"
export { openWorkbench, startVsCodeHost, type VsCodeHost, type VsCodeHostOptions } from "./vscode-host"
export type { Workbench, WorkbenchOptions } from "./workbench"
