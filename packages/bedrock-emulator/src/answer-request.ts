import { randomUUID } from "node:crypto"
import { answerControl, CONTROL_PREFIX } from "./control"
import { answerControlPlane, parseControlPlaneCall } from "./control-plane"
import type { EmulatorState } from "./emulator-state"
import { decodePath, sendFailure, type Exchange } from "./exchange"
import { AwsFailure } from "./failures"
import { answerOperation, OPERATIONS } from "./operations"
import type { RecordedRequest, Recorder } from "./recorder"

/** Answers one request to any path and records its outcome. Never rejects. */
export async function answerRequest(exchange: Exchange, state: EmulatorState, recorder: Recorder): Promise<void> {
	if (exchange.path.startsWith(CONTROL_PREFIX)) {
		return answerControl(exchange, state, () => recorder.report(state.scenario))
	}

	const headers = { "x-amzn-requestid": randomUUID() }
	const { operation, modelId } = findOperation(exchange)
	const controlPlaneCall = parseControlPlaneCall(exchange)
	const record: RecordedRequest = {
		method: exchange.method,
		path: exchange.path,
		httpVersion: exchange.httpVersion,
		headers: exchange.headers,
		body: exchange.body,
		operation: operation?.name ?? controlPlaneCall?.operation ?? null,
		modelId,
		...(operation?.api.inspect(exchange) ?? { requestedTier: null, unknownMembers: [] }),
		servedTier: null,
		status: 0,
	}
	recorder.start(record)
	try {
		if (controlPlaneCall !== null) return answerControlPlane(controlPlaneCall, { state, exchange, record, headers })
		if (operation === null) throw new AwsFailure("UnknownOperationException", "Unknown operation.")
		if (modelId === null) throw new AwsFailure("ValidationException", "The provided model identifier is invalid.")
		await answerOperation(operation, { state, exchange, record, modelId, headers })
	} catch (error) {
		const failure = error instanceof AwsFailure ? error : new AwsFailure("InternalServerException", String(error))
		record.status = failure.status
		sendFailure(exchange, failure, headers)
	} finally {
		recorder.finish(record, exchange.finished())
	}
}

const MODEL_PATH = /^\/model\/(.+)\/([a-z-]+)$/

function findOperation({ method, path }: Exchange) {
	const [, encodedId, action] = MODEL_PATH.exec(path.split("?")[0] ?? "") ?? []
	const operation = method === "POST" && action !== undefined ? (OPERATIONS[action] ?? null) : null
	return { operation, modelId: operation === null ? null : decodePath(encodedId ?? "") }
}
