import { ROUTE_SETTINGS, type RouteSetting } from "@bedrock-tiers/core"
import type { ProfileSettings } from "@bedrock-tiers/protocol"
import { useLocale } from "../../locale"
import { Dropdown } from "../ui/Dropdown"
import { routeMessage } from "./route-message"

type RouteFieldProps = {
	readonly settings: ProfileSettings
	readonly error: string | undefined
	readonly onChange: (route: RouteSetting) => void
}

export function RouteField({ settings, error, onChange }: RouteFieldProps) {
	const locale = useLocale()
	const { text, works } = routeMessage(settings, locale)
	return (
		<Dropdown
			label={locale.t("routeField.label")}
			value={settings.route}
			options={ROUTE_SETTINGS.map((route) => ({ value: route, text: locale.t(`routeField.${route}`) }))}
			error={error}
			hint={text !== "" && <p className={works ? "hint" : "warning"}>{text}</p>}
			onChange={onChange}
		/>
	)
}
