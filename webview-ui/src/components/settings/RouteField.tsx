import { ROUTE_SETTINGS, type RouteSetting } from "@bedrock-tiers/core"
import type { ProfileSettings } from "@bedrock-tiers/protocol"
import { useWords } from "../../words"
import { Dropdown } from "../ui/Dropdown"
import { routeSentence } from "./route-sentence"

type RouteFieldProps = {
	readonly settings: ProfileSettings
	readonly error: string | undefined
	readonly onChange: (route: RouteSetting) => void
}

export function RouteField({ settings, error, onChange }: RouteFieldProps) {
	const words = useWords()
	const { text, works } = routeSentence(settings, words)
	return (
		<Dropdown
			label={words.t("routeField.label")}
			value={settings.route}
			options={ROUTE_SETTINGS.map((route) => ({ value: route, text: words.t(`routeField.${route}`) }))}
			error={error}
			hint={text !== "" && <p className={works ? "hint" : "warning"}>{text}</p>}
			onChange={onChange}
		/>
	)
}
