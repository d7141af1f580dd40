import Groq, { toFile } from "groq-sdk";
import { startEmulator } from "./emulator.mjs";
import { sdkCases } from "./sdk-cases.mjs";

const address = await startEmulator();
// This client's base is the host's root.
const create = (apiKey, maxRetries) => new Groq({ apiKey, maxRetries, baseURL: address });

sdkCases({ create, errors: Groq, toFile, address });
