export { DialogPopup } from "./dialog-popup";
export { DrawerPopup } from "./drawer-popup";
export { MenuChoice, MenuItem, MenuPopup, MenuSeparator } from "./menu-popup";
export { PopoverPopup } from "./popover-popup";
