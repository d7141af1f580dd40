import about from "./about.json";
import attachments from "./attachments.json";
import common from "./common.json";
import composer from "./composer.json";
import conversations from "./conversations.json";
import errors from "./errors.json";
import figures from "./figures.json";
import find from "./find.json";
import limits from "./limits.json";
import markdown from "./markdown.json";
import models from "./models.json";
import offline from "./offline.json";
import palette from "./palette.json";
import prompts from "./prompts.json";
import receipt from "./receipt.json";
import search from "./search.json";
import settings from "./settings.json";
import shares from "./shares.json";
import shell from "./shell.json";
import shortcuts from "./shortcuts.json";
import thread from "./thread.json";
import tools from "./tools.json";
import transfer from "./transfer.json";
import turns from "./turns.json";
import units from "./units.json";
import voice from "./voice.json";

export default {
  about,
  attachments,
  common,
  composer,
  conversations,
  errors,
  figures,
  find,
  limits,
  markdown,
  models,
  offline,
  palette,
  prompts,
  receipt,
  search,
  settings,
  shares,
  shell,
  shortcuts,
  thread,
  tools,
  transfer,
  turns,
  units,
  voice,
};
