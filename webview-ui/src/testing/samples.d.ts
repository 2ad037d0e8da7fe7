import type { RecordedRequest } from "@bedrock-tiers/core";
import { type AssistantMessage, type ChatEntry, type ChatView, type FailedAttempt, type ImageAttachment, type ImportPreview, type Profile, type ProfileSettings, type RefreshedPrices, type RequestSpeed, type Speeds, type TaskUsage, type TextAttachment, type TierRefusal, type ViewState } from "@bedrock-tiers/protocol";
import type { StoredOwnPrice } from "../state/own-price-edits";
/** On Flex: 4,000 tokens in at $0.075 and 3,000 out at $0.30 a million: 300 + 900 millionths of a dollar. */
export declare function request(part?: Partial<RecordedRequest>): RecordedRequest;
/** Its text, and a thought before it, stand for the parts where those are not given. */
export declare function answer({ text, reasoning, ...part }?: Partial<AssistantMessage> & {
    text?: string;
    reasoning?: string;
}): AssistantMessage;
export declare const NOTHING_USED: TaskUsage;
export declare function usage(knownUsd: number, unpricedRequests?: number): TaskUsage;
/** $1 in and $2 out a million, on Standard. */
export declare function ownPrice(part?: Partial<StoredOwnPrice>): StoredOwnPrice;
/** A model that no list can know. */
export declare const IMPORTED_MODEL = "arn:aws:bedrock:us-east-1:123456789012:imported-model/abcdef123456";
/** AWS's list of us-east-1: gpt-oss-120b at $0.20 in and $0.80 out on Standard. */
export declare function refreshedPrices(part?: Partial<RefreshedPrices>): RefreshedPrices;
export declare function profile(settings?: Partial<ProfileSettings>, part?: Partial<Profile>): Profile;
export declare function chatView(part?: Partial<ChatView>): ChatView;
/** Flex, refused to the first profile on 22 November. */
export declare function refusal(part?: Partial<TierRefusal>, asked?: Partial<TierRefusal["asked"]>): TierRefusal;
export declare function failedAttempt(part?: Partial<FailedAttempt>): FailedAttempt;
/** A file with two Bedrock profiles, one of a name that is taken here, and one of another provider. */
export declare function importPreview(part?: Partial<ImportPreview>): ImportPreview;
/** One of many, each older than the one before. */
export declare function historyEntry(index: number, part?: Partial<ChatEntry>): ChatEntry;
export declare function viewState(part?: Partial<ViewState>): ViewState;
/** On Priority: the first token after 0.4 seconds, then 100 tokens a second. */
export declare function requestSpeed(part?: Partial<RequestSpeed>): RequestSpeed;
/** 640 by 400 pixels, of which the page sees what stands at `data-attachments`. */
export declare function imageAttachment(part?: Partial<ImageAttachment>): ImageAttachment;
/** Requests of one tier, ten minutes apart, whose first tokens came so. */
export declare function requestsOf(tier: string, firstTokensMs: readonly number[], part?: Partial<RequestSpeed>): {
    at: string;
    tier: string;
    region: string;
    route: "in-region" | "geo" | "global";
    promptTokens: number | null;
    firstTokenMs: number | null;
    tokensPerSecond: number | null;
    timesStandardCost: number | null;
}[];
export declare function speeds(requests: readonly RequestSpeed[], leftOut?: Partial<Speeds["leftOut"]>): Speeds;
/** Lines 12 to 40 of a file. */
export declare function textAttachment(part?: Partial<TextAttachment>): TextAttachment;
/** An image for the page: the name behind it is a fragment, so it is there under each. */
export declare const EVERY_IMAGE: string;
