import type { RequestSpeed, Speeds } from "@bedrock-tiers/protocol"
import { requestSpeed, speeds, viewState } from "@bedrock-tiers/test-kit/samples/view-state"
import type { Scene } from "./scene"

const DAY_MS = 86_400_000

/** The speed page with the host's answer; `null` while the page waits for it. */
const speedPage =
	(answer: Speeds | null): Scene =>
	(port, store) => {
		port.say({ type: "state", state: viewState() })
		store.showPage("speed")
		if (answer) port.say({ type: "speeds", ...answer })
	}

/** A value around the middle, deterministic by index, with an occasional outlier far above. */
function spread(middle: number, index: number): number {
	const place = ((index * 7919) % 101) / 101
	return Math.round(middle * (0.7 + 0.6 * place + (index % 17 === 0 ? 0.9 : 0)))
}

function requests(tier: string, count: number, firstTokenMs: number, tokensPerSecond: number): RequestSpeed[] {
	return Array.from({ length: count }, (_, index) => {
		const at = new Date(Date.UTC(2026, 10, 22, 10) - ((index * 37) % 60) * DAY_MS - index * 600_000).toISOString()
		return requestSpeed({
			at,
			tier,
			firstTokenMs: spread(firstTokenMs, index),
			tokensPerSecond: spread(tokensPerSecond, index + 3),
			promptTokens: spread(6_000, index),
			timesStandardCost: { flex: 0.5, default: 1, priority: 1.75 }[tier] ?? null,
		})
	}).sort((one, other) => one.at.localeCompare(other.at))
}

const inOrder = (...lists: RequestSpeed[][]) => lists.flat().sort((one, other) => one.at.localeCompare(other.at))

const MANY = inOrder(
	requests("default", 41, 900, 62),
	requests("flex", 30, 2_100, 48),
	requests("priority", 23, 480, 88),
)

export const SPEED_SCENES: Record<string, Scene> = {
	"speed-waiting": speedPage(null),
	"speed-empty": speedPage(speeds([])),
	"speed-few": speedPage(speeds(inOrder(requests("default", 9, 900, 62), requests("priority", 3, 480, 88)))),
	"speed-one-tier": speedPage(speeds(requests("default", 20, 900, 62), { notMeasured: 2 })),
	"speed-many": speedPage(
		speeds(MANY, { notMeasured: 12, background: 31, older: 104, beyondLimit: 0, failedAttempts: 3 }),
	),
	"speed-overlap": speedPage(
		speeds(
			inOrder(requests("default", 20, 620, 62), requests("priority", 20, 560, 70), requests("turbo", 5, 300, 90)),
		),
	),
	"speed-one-hour": speedPage(
		speeds(
			Array.from({ length: 16 }, (_, index) =>
				requestSpeed({
					at: new Date(Date.UTC(2026, 10, 22, 10, index * 4)).toISOString(),
					tier: index % 2 ? "default" : "priority",
					timesStandardCost: index % 2 ? 1 : 1.75,
					firstTokenMs: spread(index % 2 ? 900 : 480, index),
					tokensPerSecond: null,
				}),
			),
		),
	),
	"speed-5000": speedPage(
		speeds(inOrder(requests("default", 3_000, 900, 62), requests("priority", 2_000, 480, 88)), {
			beyondLimit: 812,
		}),
	),
}
