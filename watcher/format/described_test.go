package format

import (
	"bytes"
	"cmp"
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"backstop/app/backup"
)

// What is said of the formats is what they do: -update writes it anew from the samples, hostile and truncated ones left out.
func TestDescribed_isWhatTheReadersDo(t *testing.T) {
	all := map[string]description{}
	for _, f := range formats {
		all[f.Name] = describeBySamples(t, f)
	}
	var want bytes.Buffer
	e := json.NewEncoder(&want)
	e.SetEscapeHTML(false)
	e.SetIndent("", "\t")
	if err := e.Encode(all); err != nil {
		t.Fatal(err)
	}
	if *update {
		if err := os.WriteFile("described.json", want.Bytes(), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	if !bytes.Equal(want.Bytes(), describedText) {
		t.Error("described.json is not what the readers do with their samples any more: run go test ./watcher/format -run Described -update, then go test ./app -run FormatsDocument -update")
	}
}

// The words of KeyKind, for people.
var identityWords = map[backup.KeyKind]string{
	backup.BySession: "the tool's own id, under its server",
	backup.ByStart:   "routine, client, level and start (else end) as written",
	backup.ByText:    "its text and the file's time",
}

func describeBySamples(t *testing.T, f Format) (d description) {
	t.Helper()
	logs, err := filepath.Glob(filepath.Join("testdata", f.Name, "*.log"))
	if err != nil {
		t.Fatal(err)
	}
	for _, path := range logs {
		if name := filepath.Base(path); strings.HasPrefix(name, "hostile") || strings.HasPrefix(name, "truncated") {
			continue
		}
		raw, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		for e, err := range f.Read(testInput(t, raw)) {
			if err == nil {
				d.add(e)
			}
		}
	}
	slices.Sort(d.Identity)
	slices.Sort(d.Kinds)
	slices.SortFunc(d.Endings, func(a, b ending) int {
		return cmp.Or(strings.Compare(a.Word, b.Word), strings.Compare(a.Code, b.Code), strings.Compare(a.Outcome, b.Outcome))
	})
	return d
}

func (d *description) add(e backup.Execution) {
	once(&d.Identity, identityWords[e.KeyKind()])
	kind := e.Kind.String()
	if e.Vital {
		kind += ", vital"
	}
	once(&d.Kinds, kind)
	// What names a host or counts something is no word of a fixed list.
	const most = 60
	if word := e.NativeStatus; len(word) <= most && !strings.ContainsAny(word, "0123456789'") {
		once(&d.Endings, ending{word, e.Code, e.Outcome.String()})
	}
}

func once[T comparable](list *[]T, v T) {
	if !slices.Contains(*list, v) {
		*list = append(*list, v)
	}
}

// The words of a reader's table are told also where no sample holds them, each once and with an outcome.
func TestInfos_tellTheWholeTables(t *testing.T) {
	told := map[string]map[backup.Ending]bool{}
	for _, info := range Infos() {
		told[info.Name] = map[backup.Ending]bool{}
		for _, e := range info.Endings {
			if told[info.Name][e] || e.Told.String() == "" {
				t.Errorf("%s: %+v is told twice, or as nothing", info.Name, e)
			}
			told[info.Name][e] = true
		}
	}
	for name, e := range map[string]backup.Ending{
		"netbackup_bpdbjobs":           {Code: "2106", Told: backup.Failed},
		"bacula_jobs":                  {Word: "B", Code: "B", Told: backup.Running},
		"bacula_report":                {Word: "*** Restore Error ***", Told: backup.Failed},
		"tsm_actlog":                   {Word: "ANR2578W", Told: backup.Missed},
		"veeam_csv":                    {Word: "None, WaitingRepository", Told: backup.Running},
		"dataprotector_session_report": {Word: "Failed", Code: "61:2015", Told: backup.Failed},
		"rsync_log":                    {Code: "25", Told: backup.Partial},
		"arcserve_activity":            {Word: "4354", Told: backup.Success},
	} {
		if !told[name][e] {
			t.Errorf("%s does not tell of %+v", name, e)
		}
	}
}
