package ui

import (
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"backstop/app/desk"
	"backstop/app/say"
	"backstop/ui/look"
)

// page is what one entry of the sidebar shows.
type page struct {
	word   string // marked for the catalogue: goTo knows it by it
	icon   fyne.Resource
	object fyne.CanvasObject
	reload func(desk.Event) // nil: it shows nothing that changes
	shown  func()           // nil: nothing to do when it comes up
	search *field           // nil: nothing to search in
	save   func()           // nil: no list to write into a file
	typed  func(rune) bool  // keys of its own, whether it took one; nil: none
	views  func()           // lists its saved views; nil: it has none
	keep   func()           // keeps its filter as a view; nil: it has none
	needs  desk.Right
	parts  *parts // what it is made of; nil: it is one

	commands func() []command // what can be done with what is chosen; nil: nothing
}

// mainWindow is the window with the sidebar.
type mainWindow struct {
	ui        *UI
	window    fyne.Window
	incidents *incidentsPage
	runs      *executionsPage
	panel     *panelPage
	numbers   *figuresPage
	risks     *risksPage
	routines  *routinesPage
	reports   *reportsPage
	sources   *sourcesPage
	timeline  *timelineView
	users     *usersPage
	settings  *settingsPage
	importing *importBar
	clock     *clockBar
	damage    *damageBar
	forgotten *forgottenBar
	pages     []page
	items     []*navItem
	stack     *fyne.Container
	at        int
	asking    *signIn           // who it is; nil while somebody is at the desk
	content   fyne.CanvasObject // what the person who signed in has before them
}

// newMainWindow furnishes a window; nil makes one.
func newMainWindow(u *UI, w fyne.Window) *mainWindow {
	if w == nil {
		w = firstWindow(u.app)
	}
	m := &mainWindow{ui: u, window: w}
	m.window.SetCloseIntercept(u.leaveMain)
	m.window.SetOnDropped(func(_ fyne.Position, uris []fyne.URI) { m.dropped(uris) })
	return m
}

// firstWindow is the one with which the program ends.
func firstWindow(a fyne.App) fyne.Window {
	w := a.NewWindow("Backstop")
	w.SetMaster()
	w.Resize(comfort{a.Preferences()}.fits(fyne.NewSize(1280, 800)))
	w.CenterOnScreen()
	return w
}

// furnish makes the pages for the person at the desk.
func (m *mainWindow) furnish() {
	u := m.ui
	m.items = nil
	if m.importing == nil || m.importing.cancel == nil { // else it goes on, and can be called off
		m.importing = newImportBar(u, m.window)
	}
	m.clock, m.damage, m.forgotten = newClockBar(u, m.window), newDamageBar(u), newForgottenBar(u, m.window)
	m.incidents = newIncidentsPage(u, m.window, m)
	m.runs = newExecutionsPage(u, m.window)
	m.panel = newPanelPage(u, m.window)
	m.numbers = newFiguresPage(u, m.window)
	m.risks = newRisksPage(u, m.window)
	m.routines = newRoutinesPage(u, m.window)
	m.reports = newReportsPage(u, m.window, u.desk)
	m.sources = newSourcesPage(u, m.window)
	m.timeline = newTimelineView(u, m.window, u.desk, 0)
	m.users = newUsersPage(u, m.window)
	m.settings = newSettingsPage(u, m.window)
	m.pages = []page{
		{word: say.N("Incidents"), icon: theme.WarningIcon(), object: m.incidents.object, reload: m.incidents.reload, shown: m.incidents.focus, search: m.incidents.search, save: m.incidents.save, typed: m.incidents.typedKeys, views: m.incidents.chooseView, keep: m.incidents.saveView, needs: desk.ToSeeAll, commands: m.incidents.act.commands},
		{word: say.N("Executions"), icon: theme.DocumentIcon(), object: m.runs.object, reload: m.runs.reload, shown: m.runs.shown, search: m.runs.search, save: m.runs.save, views: m.runs.chooseView, keep: m.runs.saveView, needs: desk.ToSeeRuns},
		{word: say.N("Panel"), icon: theme.CalendarIcon(), object: m.panel.object, reload: m.panel.reload, shown: m.panel.shown, search: m.panel.search, typed: m.panel.typedRune, needs: desk.ToSeeRuns},
		{word: say.N("Figures"), icon: theme.GridIcon(), object: m.numbers.object, reload: m.numbers.reload, shown: m.numbers.shown, needs: desk.ToSeeAll},
		{word: say.N("Risks"), icon: theme.InfoIcon(), object: m.risks.object, reload: m.risks.reload, shown: m.risks.focus, search: m.risks.search, save: m.risks.save, typed: m.risks.act.typedRune, needs: desk.ToSeeAll, commands: m.risks.act.commands},
		{word: say.N("Reports"), icon: theme.DocumentIcon(), object: m.reports.object, reload: m.reports.reload, shown: m.reports.shown, needs: desk.ToSeeAll, parts: m.reports.parts},
		{word: say.N("Routines"), icon: theme.ListIcon(), object: m.routines.object, reload: m.routines.reload, shown: m.routines.focus, search: m.routines.search, save: m.routines.save, typed: m.routines.typedRune, needs: desk.ToSeeAll, commands: m.routines.commands},
		{word: say.N("Sources"), icon: theme.FolderOpenIcon(), object: m.sources.object, reload: m.sources.reload, shown: m.sources.focus, save: m.sources.saveSources, needs: desk.ToSeeAll},
		{word: say.N("Timeline"), icon: theme.HistoryIcon(), object: container.New(&padded{look.Gap}, m.timeline.object), reload: m.timeline.reload, shown: m.showTimeline, save: m.timeline.save, needs: desk.ToSeeAll},
		{word: say.N("Users"), icon: theme.AccountIcon(), object: m.users.object, reload: m.users.reload, shown: m.users.focus, needs: desk.ToSeeUsers, parts: m.users.parts},
		{word: say.N("Settings"), icon: theme.SettingsIcon(), object: m.settings.object, reload: m.settings.reload, shown: m.settings.focus, needs: desk.ToSeeAll, parts: m.settings.parts},
	}
	m.build()
	m.unlock()
	m.bring(m.first())
}

// unlock shows what was made for the person at the desk.
func (m *mainWindow) unlock() {
	m.window.SetContent(m.content)
	m.window.SetMainMenu(m.menu())
	m.window.Canvas().SetOnTypedRune(m.typedRune)
	m.window.Canvas().SetOnTypedKey(m.typedKey)
}

// first is the page that comes up at the beginning: the first one that is not refused.
func (m *mainWindow) first() int {
	return slices.IndexFunc(m.pages, func(p page) bool { return m.ui.whyNot(p.needs) == "" })
}

// dropped takes files that were dropped on the window.
func (m *mainWindow) dropped(uris []fyne.URI) {
	if m.ui.locked() {
		return
	}
	if why := m.ui.whyNot(desk.ToImport); why != "" {
		m.ui.showText(m.window, say.T("Not for your role"), sentence(why))
		return
	}
	m.importing.dropped(uris)
}

func (m *mainWindow) build() {
	list := container.New(layout.NewCustomPaddedVBoxLayout(2))
	m.stack = container.NewStack()
	for i, p := range m.pages {
		item := newNavItem(say.W(p.word), p.icon, func() { m.bring(i) })
		item.why = m.ui.whyNot(p.needs)
		m.items = append(m.items, item)
		list.Add(item)
		m.stack.Add(p.object)
	}
	ground := newSurface(theme.ColorNameHeaderBackground)
	who := widget.NewLabel(m.ui.whoText())
	who.Importance = widget.LowImportance
	who.Truncation = fyne.TextTruncateEllipsis
	side := container.NewStack(ground, container.New(layout.NewCustomPaddedLayout(look.Gap, look.Gap, look.Gap, look.Gap), container.NewBorder(nil, who, nil, nil, list)))
	body := container.NewBorder(container.NewVBox(m.damage.object, m.clock.object, m.forgotten.object), m.importing.object, nil, nil, m.stack)
	m.content = container.New(&sideLayout{narrow: m.setNarrow}, side, body)
}

func (m *mainWindow) setNarrow(narrow bool) {
	for _, i := range m.items {
		if i.narrow != narrow {
			i.narrow = narrow
			i.Refresh()
		}
	}
}

// bring brings a page up.
func (m *mainWindow) bring(at int) {
	m.ui.touch()
	if why := m.ui.whyNot(m.pages[at].needs); why != "" {
		m.ui.showText(m.window, say.T("%s is not for your role", say.W(m.pages[at].word)), sentence(why))
		return
	}
	m.at = at
	for i, o := range m.stack.Objects {
		if i == at {
			o.Show()
		} else {
			o.Hide()
		}
		m.items[i].set(i == at, m.items[i].badge)
	}
	if m.pages[at].shown != nil {
		m.pages[at].shown()
	}
}

// goTo brings a page up by its word.
func (m *mainWindow) goTo(word string) {
	for i, p := range m.pages {
		if p.word == word {
			m.bring(i)
		}
	}
}

// show asks for what the pages begin with.
func (m *mainWindow) show() {
	if m.ui.locked() {
		return
	}
	if m.ui.whyNot(desk.ToSeeAll) == "" {
		m.incidents.start()
		m.risks.start()
		m.routines.start()
		m.sources.reload(desk.Event{Sources: true})
		m.settings.start()
		m.clock.reload(desk.Event{Clock: true})
		m.forgotten.reload(desk.Event{Sources: true})
		m.incidents.focus()
	}
	if m.ui.whyNot(desk.ToSeeUsers) == "" {
		m.users.reload(desk.Event{Users: true})
	}
}

func (m *mainWindow) reload(e desk.Event) {
	if m.ui.locked() {
		return
	}
	m.damage.reload(e)
	if m.ui.whyNot(desk.ToSeeAll) == "" {
		m.clock.reload(e)
		m.forgotten.reload(e)
	}
	for _, p := range m.pages {
		if p.reload != nil && m.ui.whyNot(p.needs) == "" {
			p.reload(e)
		}
	}
}

func (m *mainWindow) showTimeline() {
	m.timeline.start()
	m.window.Canvas().Focus(m.timeline.grid)
}

// setFigures shows the counts in the sidebar.
func (m *mainWindow) setFigures(f desk.Figures) {
	marks := map[string]string{}
	if f.Open > 0 {
		marks["Incidents"] = countText(f.Open)
	}
	if f.Risks > 0 {
		marks["Risks"] = countText(f.Risks)
	}
	if f.Questions > 0 || f.Rejected > 0 {
		marks["Sources"] = "!"
	}
	for i, p := range m.pages {
		m.items[i].set(i == m.at, marks[p.word])
	}
}

func (m *mainWindow) menu() *fyne.MainMenu {
	item := func(label string, key fyne.KeyName, run func()) *fyne.MenuItem {
		i := fyne.NewMenuItem(label, func() {
			if m.window.Canvas().Overlays().Top() == nil { // keys of the menu come before those of a dialog
				run()
			}
		})
		i.Shortcut = &desktop.CustomShortcut{KeyName: key, Modifier: fyne.KeyModifierShortcutDefault}
		return i
	}
	u := m.ui
	quit := item(say.T("Quit"), fyne.KeyQ, u.quit)
	quit.IsQuit = true
	file := fyne.NewMenu(say.T("File"),
		u.onlyItem(desk.ToImport, item(say.T("Import files…"), fyne.KeyO, m.importing.chooseFiles)),
		u.onlyItem(desk.ToAdminister, item(say.T("Add a folder…"), fyne.KeyN, func() { m.goTo("Sources"); m.sources.add() })),
		u.onlyItem(desk.ToImport, fyne.NewMenuItem(say.T("Import the sample exports"), m.importing.samples)),
		fyne.NewMenuItemSeparator(),
		item(say.T(saveList), fyne.KeyS, m.saveShown),
		u.onlyItem(desk.ToSeeAll, item(say.T("Hand over…"), fyne.KeyH, m.ui.openHandOver)),
		fyne.NewMenuItemSeparator(),
		quit,
	)
	view := fyne.NewMenu(say.T("View"),
		item(say.T(commandsLabel), fyne.KeyK, func() { m.ui.openPalette(m.window) }),
		item(say.T("Search"), fyne.KeyF, m.goSearch),
		item(say.T("Reload"), fyne.KeyR, func() { m.reload(everything) }),
		fyne.NewMenuItem(say.T("Saved views…"), func() { m.viewed().views() }),
		fyne.NewMenuItem(say.T("Save this filter as a view…"), func() { m.viewed().keep() }),
		fyne.NewMenuItem(say.T("Light, dark, size…"), u.openComputer),
		fyne.NewMenuItemSeparator(),
	)
	for i, p := range m.pages {
		if i < len(pageKeys) {
			view.Items = append(view.Items, u.onlyItem(p.needs, item(say.W(p.word), pageKeys[i], func() { m.bring(i) })))
		}
	}
	help := fyne.NewMenu(say.T("Help"),
		fyne.NewMenuItem(say.T("Keys"), m.showKeys),
		fyne.NewMenuItem(say.T("What is read"), m.showFormats),
		fyne.NewMenuItem(say.T("What is protected"), m.showProtected),
		fyne.NewMenuItemSeparator(),
		u.onlyItem(desk.ToCopy, fyne.NewMenuItem(say.T("Diagnostics…"), func() { u.askDiagnostics(m.window) })),
		fyne.NewMenuItem(say.T("About Backstop"), m.showAbout),
	)
	return fyne.NewMainMenu(file, view, u.userMenu(), help)
}

// pageKeys bring up the pages in the order of the sidebar.
var pageKeys = []fyne.KeyName{fyne.Key1, fyne.Key2, fyne.Key3, fyne.Key4, fyne.Key5, fyne.Key6, fyne.Key7, fyne.Key8, fyne.Key9, fyne.Key0, fyne.KeyComma}

// everything has each page ask again.
var everything = desk.Event{Incidents: true, Sources: true, Settings: true, Risks: true, Routines: true, Users: true, Copies: true}

// saveShown writes the list of the page that is up into a file.
func (m *mainWindow) saveShown() {
	if save := m.pages[m.at].save; save != nil {
		save()
		return
	}
	m.ui.showText(m.window, say.T("No list here"), say.T("Turn to the page whose list is to be saved."))
}

// viewed is the page that is up where it has saved views, else that of the incidents.
func (m *mainWindow) viewed() page {
	if p := m.pages[m.at]; p.views != nil {
		return p
	}
	return m.pages[0]
}

// goSearch goes to the search of the page that is up, else to that of the incidents.
func (m *mainWindow) goSearch() {
	if m.pages[m.at].search == nil {
		m.goTo("Incidents")
	}
	m.window.Canvas().Focus(m.pages[m.at].search)
}

func (m *mainWindow) typedRune(r rune) {
	m.ui.touch()
	switch p := m.pages[m.at]; {
	case p.typed != nil && p.typed(r):
	case r == '?':
		m.showKeys()
	case r == '/':
		m.goSearch()
	}
}

func (m *mainWindow) typedKey(e *fyne.KeyEvent) {
	m.ui.touch()
	if e.Name == fyne.KeyF5 {
		m.reload(everything)
	}
}

// newSurface is a plain ground in a colour of the theme.
func newSurface(name fyne.ThemeColorName) *surface {
	s := &surface{name: name, rect: canvas.NewRectangle(nil)}
	s.ExtendBaseWidget(s)
	return s
}

type surface struct {
	widget.BaseWidget
	name fyne.ThemeColorName
	rect *canvas.Rectangle
}

func (s *surface) CreateRenderer() fyne.WidgetRenderer {
	s.paint()
	return widget.NewSimpleRenderer(s.rect)
}

// Refresh follows the theme.
func (s *surface) Refresh() {
	s.paint()
	s.BaseWidget.Refresh()
}

func (s *surface) paint() {
	th := s.Theme()
	s.rect.FillColor = th.Color(s.name, look.Variant(th))
}
