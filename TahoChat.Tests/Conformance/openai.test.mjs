import OpenAI, { toFile } from "openai";
import { startEmulator } from "./emulator.mjs";
import { sdkCases } from "./sdk-cases.mjs";

const address = await startEmulator();
const create = (apiKey, maxRetries) => new OpenAI({ apiKey, maxRetries, baseURL: `${address}/openai/v1` });

sdkCases({ create, errors: OpenAI, toFile, address });
