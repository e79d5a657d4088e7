// Made from the Rust types of src-tauri/src by the test of that crate; not edited by hand.

/**
 * What a page can ask of the desktop: one variant, one request.
 */
type HostRequest = { "ready": { 
/**
 * All screens of the page, in order.
 */
screens: Array<MenuScreen>, } } | { "windowInfo": Record<symbol, never> } | { "newTeam": { 
/**
 * The team's name.
 */
name: string, 
/**
 * The team's time zone, an IANA name.
 */
zone: string, } } | { "openTeam": Record<symbol, never> } | { "openRecent": { 
/**
 * As in the list of recent files.
 */
handle: string, } } | { "recent": Record<symbol, never> } | { "forgetRecent": { 
/**
 * As in the list of recent files.
 */
handle: string, } } | { "exploreSample": Record<symbol, never> } | { "openCopy": { 
/**
 * As in what the window holds.
 */
handle: string, } } | { "closeTeam": Record<symbol, never> } | { "pickFile": { 
/**
 * The dialog's title.
 */
title: string, 
/**
 * The kinds that the dialog offers.
 */
filters: Array<FileFilter>, } } | { "pickFiles": { 
/**
 * The dialog's title.
 */
title: string, 
/**
 * The kinds that the dialog offers.
 */
filters: Array<FileFilter>, } } | { "pickFolder": { 
/**
 * The dialog's title.
 */
title: string, } } | { "pickRepository": { 
/**
 * The dialog's title.
 */
title: string, } } | { "openLink": { 
/**
 * The address.
 */
address: string, } } | { "saveText": { 
/**
 * The proposed name; ends in `.csv`, `.json`, `.ics` or `.txt`, or else is given the latter.
 */
name: string, 
/**
 * What to save, as UTF-8.
 */
text: string, } } | { "saveChart": { 
/**
 * The proposed name.
 */
name: string, 
/**
 * The question whose answer is the chart.
 */
query: Query, 
/**
 * As a picture, or as its table.
 */
format: ChartFormat, } } | { "cancel": { 
/**
 * The token that was given with the command.
 */
token: string, } } | { "settings": Record<symbol, never> } | { "setSettings": { 
/**
 * All of them.
 */
settings: DeviceSettings, } } | { "setTheme": { 
/**
 * The new looks.
 */
theme: DeviceTheme, } } | { "fullScreen": { 
/**
 * Whether to fill it.
 */
on: boolean, } } | { "quit": Record<symbol, never> };

/**
 * What each request is answered with.
 */
type HostReplies = { ready: null, windowInfo: WindowInfo, 
/**
 * Nothing where the dialog was closed.
 */
newTeam: OpenedTeam | null, 
/**
 * Nothing where the dialog was closed.
 */
openTeam: OpenedTeam | null, openRecent: OpenedTeam, recent: Array<RecentTeam>, forgetRecent: Array<RecentTeam>, exploreSample: OpenedTeam, openCopy: OpenedTeam, closeTeam: null, 
/**
 * Nothing where the dialog was closed.
 */
pickFile: PickedFile | null, 
/**
 * Nothing where the dialog was closed.
 */
pickFiles: PickedFile | null, 
/**
 * Nothing where the dialog was closed.
 */
pickFolder: PickedFile | null, 
/**
 * Nothing where the dialog was closed.
 */
pickRepository: PickedFile | null, openLink: null, 
/**
 * The name of the saved file; nothing where the dialog was closed.
 */
saveText: string | null, 
/**
 * The name of the saved file; nothing where the dialog was closed.
 */
saveChart: string | null, cancel: null, settings: DeviceSettings, setSettings: DeviceSettings, setTheme: DeviceSettings, fullScreen: null, quit: null, };

/**
 * What a window holds.
 */
type WindowInfo = { 
/**
 * The open team's name.
 */
team: string | null, 
/**
 * The open team's file may only be read.
 */
readOnly: boolean, 
/**
 * The file that is damaged: the open team's, or one that was refused.
 */
damaged: DamagedFile | null, 
/**
 * The settings of this device.
 */
settings: DeviceSettings, 
/**
 * Why a file was not opened that was named outside this window; told once.
 */
refused: AppError | null, 
/**
 * The program's version.
 */
version: string, 
/**
 * Whether the window fills the screen.
 */
fullScreen: boolean, };

/**
 * A damaged file and what there is instead.
 */
type DamagedFile = { 
/**
 * What happened, and what to do.
 */
error: AppError, 
/**
 * The copies of the last days, the newest first.
 */
copies: Array<DatedCopy>, };

/**
 * A copy of a team file.
 */
type DatedCopy = { 
/**
 * Names it in `openCopy`.
 */
handle: string, 
/**
 * The name of its file.
 */
name: string, 
/**
 * When it was made, in UTC milliseconds.
 */
made: number, };

/**
 * The settings of this device that a person can change.
 */
type DeviceSettings = { 
/**
 * Who sits at this device: written beside each operation; may be empty.
 */
person: string, 
/**
 * The looks.
 */
theme: DeviceTheme, };

/**
 * The looks of all windows of this device.
 */
type DeviceTheme = "system" | "light" | "dark" | "projector";

/**
 * A team that is open now.
 */
type OpenedTeam = { 
/**
 * Its name.
 */
name: string, 
/**
 * Whether it is in the window that asked; otherwise it has a window of its own, which is in front now.
 */
here: boolean, };

/**
 * A recent team file.
 */
type RecentTeam = { 
/**
 * Names it in `openRecent`.
 */
handle: string, 
/**
 * The team's name when it was last open.
 */
name: string, 
/**
 * The file and the two folders around it, to tell teams of one name apart.
 */
place: string, 
/**
 * The file is no longer there.
 */
missing: boolean, };

/**
 * A file to attach.
 */
type PickedFile = { 
/**
 * Names it in later calls of the same window.
 */
handle: string, 
/**
 * Its name, to show.
 */
name: string, 
/**
 * How many files they are.
 */
count: number, 
/**
 * Bytes.
 */
size: number, };

/**
 * Kinds of files that a dialog offers.
 */
type FileFilter = { 
/**
 * What people call them.
 */
name: string, 
/**
 * Their endings, without the dot.
 */
extensions: Array<string>, };

/**
 * What can be saved of a chart.
 */
type ChartFormat = "svg" | "png" | "csv";

/**
 * A screen that the page has.
 */
type MenuScreen = { 
/**
 * Its name in the page's address.
 */
name: string, 
/**
 * Its name to people.
 */
title: string, };

/**
 * What the page is told when something of its own was chosen.
 */
type MenuChoice = { 
/**
 * What was chosen.
 */
id: MenuChoiceId, 
/**
 * Which one: the screen's name, the theme, the handle of a recent file; empty for the others.
 */
value: string, };

/**
 * Entries of the menu that belong to the page.
 */
type MenuChoiceId = "newTeam" | "openTeam" | "openRecent" | "import" | "export" | "saveBurnDown" | "reportInterrupt" | "undo" | "redo" | "screen" | "theme" | "keys";
