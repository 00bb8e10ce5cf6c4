package backup_test

import (
	"strings"
	"testing"
	"unicode"

	"pgregory.net/rapid"

	"backstop/app/backup"
)

func TestFold_keepsTheShape(t *testing.T) {
	for text, want := range map[string]string{
		"Job Name;Start;Status;Error":                                 "Job Name;Start;Status;Error",
		"Nightly payroll;31.03.2026 22:00;Failed;No route to db-01":   "Xxxxxxx xxxxxxx;##.##.#### ##:##;Failed;No xxxxx to xx-##",
		`{"jobName":"Payroll","endTime":"2026-03-31T22:00:05+01:00"}`: `{"jobName":"Xxxxxxx","endTime":"####-##-##X##:##:##+##:##"}`,
		"user_name=maria.silva@tide.example 10.0.0.7 fe80::1c":        "user_name=xxxxx.xxxxx@xxxx.xxxxxxx ##.#.#.# xx##::#x",
		`C:\Backup\Maria /srv/backup/job backup-server`:               `X:\Xxxxxx\Xxxxx /xxx/xxxxxx/xxx xxxxxx-xxxxxx`,
		"Sicherung der Größe 1,5 GB für Jürgen":                       "Sicherung xxx Größe #,# GB xxx Xxxxxx",
		"ok\x00\xff\u202e": "xx???",
	} {
		if got := backup.Fold(text); got != want {
			t.Errorf("%q\n got %q\nwant %q", text, got, want)
		}
	}
}

// secrets are what must not leave the house, whatever stands around it.
var secrets = map[string]*rapid.Generator[string]{
	"person": rapid.SampledFrom([]string{"Maria", "JÜRGEN", "silva", "O'Brien", "Müller-Lüdenscheidt", "张伟", "Will", "Mark", "Grace", "May", "Jan", "Rob", "Bill", "Иван", "Sue", "Art", "Job_Meyer"}),
	"host":   rapid.StringMatching(`[a-w]{2,8}-?[a-w]{0,5}[0-9]{1,3}(\.[a-w]{3,8}){0,2}`),
	"mail":   rapid.StringMatching(`[a-w]{2,8}(\.[a-w]{2,8})?@[a-w]{2,8}\.(example|test)`),
	"ip":     rapid.StringMatching(`[1-9][0-9]{0,2}(\.[0-9]{1,3}){3}|fe80::[0-9a-f]{1,4}:[0-9a-f]{2,4}`),
	"path":   rapid.StringMatching(`(/[a-w]{3,8}){2,4}|[C-E]:(\\[A-Wa-w]{3,9}){1,3}|\\\\[a-w]{3,6}[0-9]\\[a-w]{3,6}`),
	"number": rapid.StringMatching(`[0-9]{1,12}([.,][0-9]{1,3})?`),
}

// No name, address, path or number of a text is in what is shown of it, and no digit at all.
func TestFold_letsNoSecretOut(t *testing.T) {
	around := rapid.SampledFrom([]string{"Job", "failed", "client", "Status", "started", "backup of", "error:", "could not connect to", "Größe"})
	between := rapid.SampledFrom([]string{" ", ";", ",", "\t", "=", "\": \"", " (", ") ", ": ", "\n", "|"})
	rapid.Check(t, func(t *rapid.T) {
		var text strings.Builder
		var hidden []string
		for range rapid.IntRange(1, 6).Draw(t, "parts") {
			kind := rapid.SampledFrom([]string{"person", "host", "mail", "ip", "path", "number"}).Draw(t, "kind")
			s := secrets[kind].Draw(t, kind)
			hidden = append(hidden, s)
			text.WriteString(around.Draw(t, "word") + between.Draw(t, "sign") + s + between.Draw(t, "sign"))
		}
		folded := backup.Fold(text.String())
		if i := strings.IndexFunc(folded, unicode.IsNumber); i >= 0 {
			t.Fatalf("a digit is left in %q", folded)
		}
		words := strings.FieldsFunc(folded, func(r rune) bool { return !unicode.IsLetter(r) })
		for _, s := range hidden {
			if strings.Contains(folded, s) && strings.Trim(s, "'") != "" {
				t.Fatalf("%q is left in %q", s, folded)
			}
			for _, w := range words { // nor a part of it that is a name by itself
				if len(w) > 3 && strings.Contains(s, w) && strings.Trim(w, "xX") != "" {
					t.Fatalf("%q of %q is left in %q", w, s, folded)
				}
			}
		}
	})
}
