package desk_test

import (
	"errors"
	"path/filepath"
	"runtime"
	"testing"

	"backstop/app/backup"
	"backstop/app/desk"
	"backstop/app/timeline"
)

// folder is a whole path on this system.
func folder(name string) string {
	if runtime.GOOS == "windows" {
		return `C:\exports\` + name
	}
	return "/exports/" + name
}

func TestSaveSource_refuses(t *testing.T) {
	for _, tt := range []struct {
		name   string
		source backup.Source
		reason string
		why    string
	}{
		{"no name", backup.Source{Name: "  "}, "", "a source needs a name"},
		{"part of a path", backup.Source{Name: "tapes", Folder: "exports"}, "", `give the whole path of the folder; "exports" is only a part`},
		{"the name of another", backup.Source{Name: " Night Exports "}, "", `a source named "night exports" exists already`},
		{"the folder of another", backup.Source{Name: "tapes", Folder: folder("night") + string(filepath.Separator)}, "", `the source "night exports" watches this folder already`},
		{"an unknown zone", backup.Source{Name: "tapes", Zone: "CET/Lisbon"}, "", `time zone "CET/Lisbon" is not known; use a name such as Europe/Lisbon`},
		{"paused without a reason", backup.Source{ID: 1, Name: "night exports", Paused: true}, "  ", "say why it is paused: while it is, nothing of it opens an incident"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			f := newDesk(t)
			f.store.sources = []backup.Source{{ID: 1, Name: "night exports", Folder: folder("night")}}
			_, err := f.SaveSource(t.Context(), rosa, tt.source, tt.reason)
			f.wantRefused(t, err, tt.why)
		})
	}
}

func TestSaveSource_saysWhatChanged(t *testing.T) {
	f := newDesk(t)
	s, err := f.SaveSource(t.Context(), rosa, backup.Source{Name: " tapes ", Folder: folder("tapes"), Order: backup.DayFirst}, "")
	must(t, err)
	equal(t, f.said(t), "name: tapes", "folder: "+folder("tapes"), "date order: day/month")

	s.Paused, s.After, s.Zone = true, backup.Archive, "Europe/Lisbon"
	_, err = f.SaveSource(t.Context(), desk.Actor{Name: "rosa", Judged: at(1)}, s, "the server moves")
	must(t, err)
	equal(t, f.said(t), "zone: Europe/Lisbon", "afterwards: leave it → archive to a subfolder", "paused: false → true", "reason: the server moves")
	e := f.store.entries[1]
	if e.Subject != timeline.Source || e.SubjectID != 1 || e.Action != "changed" || e.Actor != "rosa" || !e.At.Equal(monday) || !e.Judged.Equal(at(1)) {
		t.Errorf("entry = %+v", e)
	}
	if len(f.events) != 2 || !f.events[1].Folders {
		t.Errorf("windows were told %+v", f.events)
	}
}

func TestRemoveSource_needsAReason(t *testing.T) {
	f := newDesk(t)
	f.wantRefused(t, f.RemoveSource(t.Context(), rosa, 1, " "), "say why it is removed: nothing of it will open an incident any more")
	must(t, f.RemoveSource(t.Context(), rosa, 1, "the server is gone"))
	equal(t, f.said(t), "reason: the server is gone")
}

func TestImport_findsItsSource(t *testing.T) {
	for _, tt := range []struct{ name, asked, read string }{
		{"none named", "", desk.CommandLine},
		{"what is dropped", desk.ByHand, desk.ByHand},
		{"one by name", "tapes", "tapes"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			f := newReading(t)
			for range 2 { // made when first needed, and once
				_, err := f.Import(t.Context(), rosa, desk.ImportRequest{Source: tt.asked, Zone: "Europe/Lisbon"}, nil)
				must(t, err)
			}
			if f.source.Name != tt.read || f.source.ID == 0 || f.source.Zone != "Europe/Lisbon" {
				t.Errorf("read for %+v", f.source)
			}
			if made := len(f.store.sources) - 1; made != 1 && tt.read != "tapes" || f.store.sources[f.source.ID-1].Zone != "" {
				t.Errorf("sources = %+v", f.store.sources)
			}
		})
	}
	f := newReading(t)
	_, err := f.Import(t.Context(), rosa, desk.ImportRequest{Source: "disks"}, nil)
	if !errors.Is(err, desk.ErrNotFound) || err.Error() != `no source is named "disks"; there are: tapes: not found` {
		t.Errorf("error = %v", err)
	}
}

// Two programs may need the source at the same moment: the second finds it made.
func TestImport_findsASourceThatAnotherProgramMadeMeanwhile(t *testing.T) {
	f := newReading(t)
	f.store.faster = desk.CommandLine
	_, err := f.Import(t.Context(), rosa, desk.ImportRequest{}, nil)
	must(t, err)
	if f.source.Name != desk.CommandLine || f.source.ID != 2 {
		t.Errorf("read for %+v", f.source)
	}
}

func TestAnswerQuestion(t *testing.T) {
	for _, tt := range []struct {
		words string
		all   bool
		days  int
	}{{"all", true, 0}, {"the last 14 days", false, 14}, {"none", false, 0}, {"none", false, -1}} {
		f := newDesk(t)
		opened, err := f.AnswerQuestion(t.Context(), rosa, 3, tt.all, tt.days)
		must(t, err)
		a := f.store.answers[0]
		if opened != 7 || a.Question != 3 || a.Words != tt.words || a.All != tt.all || a.Actor != "rosa" || !a.At.Equal(monday) || !a.Judged.Equal(monday) {
			t.Errorf("opened %d, answer = %+v", opened, a)
		}
		if want := at(-24 * tt.days); tt.days > 0 && !a.From.Equal(want) || tt.days <= 0 && !a.From.IsZero() {
			t.Errorf("%s: from %s", tt.words, a.From)
		}
	}
}
