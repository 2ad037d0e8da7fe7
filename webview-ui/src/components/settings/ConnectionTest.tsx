import type { ConnectionTest as Test } from "@bedrock-tiers/protocol"
import { useLocale, type Locale } from "../../locale"
import { usageBadgeText } from "../chat/usage-badge-text"
import { useStore } from "../store-context"
import { Button } from "../ui/Button"
import { StatusLine } from "../ui/StatusLine"
import { RECOVERS_FOCUS } from "../use-focus-recovery"

type ConnectionTestProps = {
	readonly profileId: string
	/** False for the emulator, which bills nothing. */
	readonly billed: boolean
	/** Latest test of this profile; `null` before the first one. */
	readonly test: Test | null
	/** Whether there are unsaved changes, which a test does not use. */
	readonly dirty: boolean
}

/** Sends a minimal request to Bedrock with the saved settings, and shows the result. */
export function ConnectionTest({ profileId, billed, test, dirty }: ConnectionTestProps) {
	const locale = useLocale()
	const { t } = locale
	const store = useStore()
	const running = test?.kind === "running"
	return (
		<section className="connection-test" aria-label={t("connectionTest.title")} {...RECOVERS_FOCUS}>
			<div className="button-row">
				<Button
					look="secondary"
					disabled={dirty || running}
					onClick={() => void store.testConnection(profileId)}>
					{t(billed ? "connectionTest.runBilled" : "connectionTest.run")}
				</Button>
				{running && (
					<Button
						look="secondary"
						label={t("connectionTest.stopLabel")}
						onClick={() => void store.stopTest()}>
						{t("connectionTest.stop")}
					</Button>
				)}
			</div>
			<p className="hint">{t(dirty ? "connectionTest.saveFirst" : "connectionTest.hint")}</p>
			<StatusLine>{test && <span className={`test-${test.kind}`}>{resultText(test, locale)}</span>}</StatusLine>
		</section>
	)
}

function resultText(test: Test, locale: Locale): string {
	const { t } = locale
	if (test.kind === "failed") return locale.details(test.error.details)
	if (test.kind === "answered") return t("connectionTest.answered", { badge: usageBadgeText(test.request, locale) })
	return t(`connectionTest.${test.kind}`)
}
