package ui

import (
	"encoding/json"
	"slices"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"

	"backstop/app/say"
)

// toolkitWords are the toolkit's own, by its keys. It takes the system's language and cannot be told another, so it is taught the chosen
// words as those of the system's.
var toolkitWords = map[string]string{
	"Advanced": say.N("Advanced"), "Cancel": say.N("Cancel"), "Confirm": say.N("Confirm"), "Copy": say.N("Copy"),
	"Create Folder": say.N("Create Folder"), "Cut": say.N("Cut"), "Enter filename": say.N("Enter filename"), "Error": say.N("Error"),
	"Favourites": say.N("Favourites"), "File": say.N("File"), "Folder": say.N("Folder"), "New Folder": say.N("New Folder"), "No": say.N("No"),
	"OK": say.N("OK"), "Open": say.N("Open"), "Paste": say.N("Paste"), "Quit": say.N("Quit"), "Redo": say.N("Redo"), "Save": say.N("Save"),
	"Select all": say.N("Select all"), "Show Hidden Files": say.N("Show Hidden Files"), "Undo": say.N("Undo"), "Yes": say.N("Yes"),
	"file.name": say.N("Name"), "file.parent": say.N("Parent"),
	"monday": say.N("Monday"), "tuesday": say.N("Tuesday"), "wednesday": say.N("Wednesday"), "thursday": say.N("Thursday"),
	"friday": say.N("Friday"), "saturday": say.N("Saturday"), "sunday": say.N("Sunday"),
	"monday.short": say.N("Mon"), "tuesday.short": say.N("Tue"), "wednesday.short": say.N("Wed"), "thursday.short": say.N("Thu"),
	"friday.short": say.N("Fri"), "saturday.short": say.N("Sat"), "sunday.short": say.N("Sun"),
}

// teachToolkit gives the toolkit's words in the chosen language.
func teachToolkit() {
	words := map[string]map[string]string{}
	for key, english := range toolkitWords {
		words[key] = map[string]string{"other": say.W(english)}
	}
	raw, err := json.Marshal(words)
	if err == nil {
		err = lang.AddTranslationsForLocale(raw, lang.SystemLocale())
	}
	if err != nil {
		fyne.LogError("the toolkit keeps its own words", err)
	}
}

// speak keeps a choice of how things are said. All that is open was made before it: the other windows close, and the main one is made anew.
func (u *UI) speak(name, value string) {
	u.comfort.of.SetString(name, value)
	u.dress()
	u.closeWindows()
	u.main.furnish()
	u.main.show()
	u.openComputer()
}

func (p *computerPart) language() *choice {
	languages := say.Languages()
	options := make([]string, len(languages))
	for i, l := range languages {
		options[i] = l.Name
	}
	return p.manner(options, slices.Index(languages, say.Chosen()), func(i int) { p.ui.speak(comfortLanguage, languages[i].Tag) })
}

// form lets dates and numbers be written otherwise than the language does.
func (p *computerPart) form() *choice {
	example := time.Date(2026, time.March, 31, 0, 0, 0, 0, time.UTC)
	options := []string{say.T("as the language")}
	at := 0
	for i, f := range say.Forms {
		options = append(options, example.Format(f.Date)+"   1"+f.Thousands+"234"+f.Decimal+"5")
		if f.Key == p.ui.comfort.of.String(comfortForm) {
			at = i + 1
		}
	}
	return p.manner(options, at, func(i int) {
		key := ""
		if i > 0 {
			key = say.Forms[i-1].Key
		}
		p.ui.speak(comfortForm, key)
	})
}

// manner chooses one of a few by its place.
func (p *computerPart) manner(options []string, at int, chosen func(at int)) *choice {
	c := newChoice(options, nil)
	c.SetSelectedIndex(at)
	c.OnChanged = func(string) { chosen(c.SelectedIndex()) }
	return c
}
