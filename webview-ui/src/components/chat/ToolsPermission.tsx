import { useId } from "react"
import { useLocale } from "../../locale"
import { useStore } from "../store-context"

type ToolsPermissionProps = {
	readonly allowed: boolean
	/** Whether a folder is open that the model could read in. */
	readonly workspaceOpen: boolean
}

/** Allows the model to read in the workspace, for this chat. */
export function ToolsPermission({ allowed, workspaceOpen }: ToolsPermissionProps) {
	const { t } = useLocale()
	const { allowTools } = useStore()
	const hint = useId()
	return (
		<div className="stack tools-permission">
			<label>
				{/* A native checkbox: the toolkit's also reports a change when it is only rendered again. */}
				<input
					type="checkbox"
					checked={allowed}
					disabled={!workspaceOpen}
					aria-describedby={hint}
					onChange={(event) => allowTools(event.target.checked)}
				/>
				{t("tool.allow")}
			</label>
			<span id={hint} className="caption">
				{t(workspaceOpen ? "tool.allowHint" : "tool.noFolder")}
			</span>
		</div>
	)
}
