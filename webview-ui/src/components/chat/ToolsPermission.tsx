import { useId } from "react"
import { useLocale } from "../../locale"

type ToolsPermissionProps = {
	readonly allowed: boolean
	/** Whether there is a folder to read in. */
	readonly workspaceOpen: boolean
	readonly onAllow: (allowed: boolean) => void
}

/** Lets the model read in the workspace, in this chat. */
export function ToolsPermission({ allowed, workspaceOpen, onAllow }: ToolsPermissionProps) {
	const { t } = useLocale()
	const hint = useId()
	return (
		<div className="tools-permission">
			<label>
				{/* The browser's own: the toolkit's reports a change also when it is only drawn anew. */}
				<input
					type="checkbox"
					checked={allowed}
					disabled={!workspaceOpen}
					aria-describedby={hint}
					onChange={(event) => onAllow(event.target.checked)}
				/>
				{t("tool.allow")}
			</label>
			<span id={hint} className="caption">
				{t(workspaceOpen ? "tool.allowHint" : "tool.noFolder")}
			</span>
		</div>
	)
}
