package say_test

import (
	"errors"
	"fmt"
	"io/fs"
	"testing"
	"time"

	"backstop/app/say"
)

func use(t *testing.T, l *say.Language) {
	t.Helper()
	before := say.Chosen()
	say.Use(l)
	t.Cleanup(func() { say.Use(before) })
}

func TestFor_locales(t *testing.T) {
	for locale, want := range map[string]*say.Language{
		"pt_BR.UTF-8": say.Portuguese, "pt-PT": say.Portuguese, "PT": say.Portuguese, "en_GB": say.English, "de-DE": say.English, "C": say.English, "": say.English,
	} {
		if got := say.For(locale); got != want {
			t.Errorf("%q: %s", locale, got.Tag)
		}
	}
}

func TestForms(t *testing.T) {
	at := time.Date(2026, 3, 31, 7, 5, 9, 0, time.UTC)
	for _, c := range []struct {
		l                                     *say.Language
		day, minute, second, count, low, size string
	}{
		{say.English, "2026-03-31", "2026-03-31 07:05", "2026-03-31 07:05:09", "1,234,567", "-1,000", "1.4 TiB"},
		{say.Portuguese, "31/03/2026", "31/03/2026 07:05", "31/03/2026 07:05:09", "1.234.567", "-1.000", "1,4 TiB"},
	} {
		use(t, c.l)
		got := []string{say.Day(at), say.Minute(at), say.Second(at), say.Count(1234567), say.Count(-1000), say.Decimal("1.4 TiB")}
		if want := []string{c.day, c.minute, c.second, c.count, c.low, c.size}; fmt.Sprint(got) != fmt.Sprint(want) {
			t.Errorf("%s: %q, want %q", c.l.Tag, got, want)
		}
		if say.Count(999) != "999" {
			t.Errorf("%s: %s", c.l.Tag, say.Count(999))
		}
	}
}

// An error keeps what it wraps, is English in logs, and is said to its depth in the language that is chosen when it is shown.
func TestErr_isSaidWhenItIsShown(t *testing.T) {
	deep := say.Error("the file is gone")
	err := say.Error("the folder %s: %w", "/exports", errors.Join(deep, fs.ErrExist))
	use(t, say.Pseudo)
	if want := "the folder /exports: the file is gone\nfile already exists"; err.Error() != want {
		t.Errorf("log: %s", err)
	}
	if want := "⟦the folder /exports: ⟦the file is gone~~~~~⟧\nfile already exists~~~~~⟧"; say.Err(err) != want {
		t.Errorf("shown: %s", say.Err(err))
	}
	if !errors.Is(err, deep) || !errors.Is(err, fs.ErrExist) {
		t.Error("what is wrapped was lost")
	}
}

func TestMany(t *testing.T) {
	for n, want := range map[int]string{0: "0 files", 1: "1 file", 2500: "2,500 files"} {
		if got := say.Many(n, "1 file", "%s files"); got != want {
			t.Errorf("%d: %s", n, got)
		}
	}
}

// What is written is read back, in every form, and so is what a record of the program shows.
func TestForms_areRead(t *testing.T) {
	at := time.Date(2026, 3, 31, 7, 5, 0, 0, time.UTC)
	t.Cleanup(func() { say.UseForm(say.English.Form) })
	for _, f := range say.Forms {
		say.UseForm(f)
		for _, text := range []string{say.Minute(at), "2026-03-31 07:05"} {
			if got, err := say.ReadMinute(text, time.UTC); err != nil || !got.Equal(at) {
				t.Errorf("%s: %q is read as %v, %v", f.Key, text, got, err)
			}
		}
		if got, err := say.ReadDay(say.Day(at), time.UTC); err != nil || got.Day() != 31 {
			t.Errorf("%s: %q is read as %v, %v", f.Key, say.Day(at), got, err)
		}
		if len(say.DateShape()) != len("YYYY-MM-DD") || say.FormOf(f.Key) != f {
			t.Errorf("%s: %s", f.Key, say.DateShape())
		}
	}
}
