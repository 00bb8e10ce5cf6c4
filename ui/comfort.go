package ui

import (
	"strconv"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/theme"

	"backstop/app/say"
	"backstop/ui/look"
)

// comfort is what a person sets for one computer: how the desk looks there, and how it behaves beside other programs. It lies with the
// toolkit's preferences of that person, not in the database, which may be opened elsewhere.
type comfort struct{ of fyne.Preferences }

// The names and values of what is kept.
const (
	comfortLanguage   = "language"
	comfortForm       = "dates and numbers"
	comfortTheme      = "theme"
	comfortScale      = "scale"
	comfortMotion     = "animations"
	comfortNotify     = "notifications"
	comfortBackground = "background"

	asSystem    = "system"
	light       = "light"
	dark        = "dark"
	unlessFar   = "unless remote"
	always      = "always"
	never       = "never"
	usualScale  = 100 // percent
	leastScale  = 80
	greatestOne = 200
)

// language is the one that was chosen, else that of the system where the program speaks it.
func (c comfort) language() *say.Language {
	if l := say.Tagged(c.of.String(comfortLanguage)); l != nil {
		return l
	}
	return say.For(lang.SystemLocale().String())
}

func (c comfort) theme() string      { return c.of.StringWithFallback(comfortTheme, asSystem) }
func (c comfort) motion() string     { return c.of.StringWithFallback(comfortMotion, unlessFar) }
func (c comfort) notifies() bool     { return c.of.BoolWithFallback(comfortNotify, true) }
func (c comfort) inBackground() bool { return c.of.Bool(comfortBackground) }

// scale is how large everything is drawn, in percent of what the system asks for.
func (c comfort) scale() int {
	return min(max(c.of.IntWithFallback(comfortScale, usualScale), leastScale), greatestOne)
}

// leastFirst is what most windows need to show all of their columns; it is on the screen at 200 % of 1920 × 1080.
var leastFirst = fyne.NewSize(920, 500)

// fits is the size for a window that is opened for the first time: what is drawn larger gets no larger window, which the screen may not hold.
func (c comfort) fits(size fyne.Size) fyne.Size {
	if c.scale() <= usualScale {
		return size
	}
	by := float32(usualScale) / float32(c.scale())
	return fyne.NewSize(size.Width*by, size.Height*by).Max(size.Min(leastFirst))
}

// still tells whether nothing is to move by itself: where each picture travels over a network, or where the person wants it so.
func (c comfort) still(remote bool) bool {
	return c.motion() == never || c.motion() == unlessFar && remote
}

// words are all of it, for diagnostics; none is anybody's name.
func (c comfort) words() map[string]string {
	return map[string]string{
		comfortLanguage: c.language().Tag, comfortForm: c.of.String(comfortForm),
		comfortTheme: c.theme(), comfortScale: strconv.Itoa(c.scale()), comfortMotion: c.motion(),
		comfortNotify: strconv.FormatBool(c.notifies()), comfortBackground: strconv.FormatBool(c.inBackground()),
	}
}

// dress has the windows of an app speak and look as the person wants them; resize is how large everything is drawn, which the toolkit takes over
// when the theme is set, and nil where that is set elsewhere.
func (c comfort) dress(app fyne.App, resize func(percent int)) {
	say.Use(c.language())
	say.UseForm(say.FormOf(c.of.String(comfortForm)))
	teachToolkit()
	if resize != nil {
		resize(c.scale())
	}
	var th fyne.Theme = look.Theme{}
	switch c.theme() {
	case light:
		th = look.Held(theme.VariantLight)
	case dark:
		th = look.Held(theme.VariantDark)
	}
	app.Settings().SetTheme(th)
}

func (u *UI) dress() { u.comfort.dress(u.app, u.system.Scale) }

// rescale draws everything larger or smaller. The toolkit would have the windows grow too, beyond the screen: they keep their place on it.
func (u *UI) rescale(percent int) {
	by := float32(u.comfort.scale()) / float32(percent)
	before := map[fyne.Window]fyne.Size{u.main.window: u.main.window.Canvas().Size()}
	for _, w := range u.windows {
		before[w.Window] = w.Canvas().Size()
	}
	u.comfort.of.SetInt(comfortScale, percent)
	u.dress()
	for w, size := range before {
		w.Resize(fyne.NewSize(size.Width*by, size.Height*by))
	}
}

// Calm wraps the toolkit's app, before its windows are made, so that its animations stand still when the person, or a session on another
// machine, wants it so. The toolkit itself has a switch for all its programs together alone.
func Calm(app fyne.App, remote bool) fyne.App {
	c := calmApp{app, func() bool { return caretStands || comfort{app.Preferences()}.still(remote) }}
	fyne.SetCurrentApp(c)
	return c
}

type calmApp struct {
	fyne.App
	still func() bool
}

// Quit implements fyne.App.
func (a calmApp) Quit() {
	End()
	a.App.Quit()
}

// Settings implements fyne.App.
func (a calmApp) Settings() fyne.Settings { return calmSettings{a.App.Settings(), a.still} }

type calmSettings struct {
	fyne.Settings
	still func() bool
}

// ShowAnimations implements fyne.Settings.
func (s calmSettings) ShowAnimations() bool { return !s.still() && s.Settings.ShowAnimations() }
