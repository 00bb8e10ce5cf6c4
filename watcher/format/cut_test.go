package format

import (
	"bytes"
	"flag"
	"math/rand/v2"
	"path/filepath"
	"slices"
	"sync"
	"testing"

	"backstop/app/backup"
)

var everyCut = flag.Bool("cuts", false, "cut files at every byte up to 16 KB, larger ones 2000 times, also the real exports beside the tree")

// realExports is where exports of real tools lie on the machines that have them; they are not shipped.
const realExports = "../../../shared/samples"

// strict are samples of formats that can tell within a line that it is not whole: there the mark is no excuse.
var strict = []string{
	"dataprotector_list_sessions/mixed.log", "dataprotector_omnistat/mixed.log", "dataprotector_session_report/unix.log",
	"networker_savegroup/mixed.log", "bacula_report/bareos.log", "bacula_jobs/llist.log", "vzdump_log/truncated.log", "pve_tasks_json/mixed.log",
	"pbs_task_log/mixed.log", "barman_list_text/mixed.log", "mariabackup_log/mixed.log", "backuppc_host_log/mixed.log", "backuppc_log/mixed.log",
	"urbackup_mail/mixed.log", "hyperbackup_log/mixed.log", "qnap_log/mixed.log", "timemachine_log/mixed.log", "velero_table/mixed.log",
	"veeam_checkmk/mixed.log", "amanda_trace/mixed.log", "amanda_report/mixed.log", "kopia/list.log", "duplicati_report/posted.log", "borg_archives/mixed.log",
	"tsm_events/table.log", "tsm_actlog/narrow.log", "tsm_dsmsched/truncated.log", "rman_log/truncated.log", "brbackup_log/truncated.log",
	"arcserve_udp/mixed.log", "dpa_csv/truncated.log", "commvault_jobs_json/truncated.log", "rubrik_tasks_csv/truncated.log", "wbadmin_versions/ok.log",
}

// TestCutFiles_tellNothingNew: wherever a file is cut, what is left holds no execution that the whole has not, unless as running
// or marked as cut. Behind a line end what is left may be whole itself: then lines that follow may tell the same execution
// otherwise, and a report without id and time, known by its text, is another one. JSON ends with its last bracket.
func TestCutFiles_tellNothingNew(t *testing.T) {
	patterns := []string{"testdata/*/*.log"}
	if *everyCut {
		patterns = append(patterns, realExports+"/*/*")
	}
	var cut sync.Map
	eachFile(t, func(t *testing.T, path string, raw []byte) {
		if name := cutFile(t, path, raw); name != "" {
			cut.Store(name, true)
		}
	}, patterns...)
	for _, f := range formats {
		if _, ok := cut.Load(f.Name); !ok {
			t.Errorf("%s: no sample with an execution was cut", f.Name)
		}
	}
}

// cutFile cuts one file and names its format, if it holds anything.
func cutFile(t *testing.T, path string, raw []byte) string {
	form, err := detectOnce(head(t, testInput(t, raw)))
	if err != nil {
		return ""
	}
	whole, _ := toldBy(t, form, raw)
	isStrict := slices.Contains(strict, filepath.Base(filepath.Dir(path))+"/"+filepath.Base(path))
	for _, n := range cuts(raw) {
		told, marked := toldBy(t, form, raw[:n])
		marked = marked && !isStrict
		ended := n > 0 && bytes.ContainsRune([]byte("\n}]"), rune(raw[n-1])) && !isStrict
		for key, o := range told {
			if o == backup.Running && (whole[key] != 0 || !isStrict) || o == whole[key] || marked {
				continue
			}
			if ended && (whole[key] != 0 || key.Kind == backup.ByText) {
				continue
			}
			t.Errorf("%s cut behind %q: %s, want %s", path, raw[max(0, n-60):n], o, whole[key])
			return form.Name
		}
	}
	if len(whole) == 0 {
		return ""
	}
	return form.Name
}

// cuts are the places at which a file is cut: every one of a small file; of a larger one, the ends of its lines and random ones.
func cuts(raw []byte) []int {
	small, random := 600, 40
	if *everyCut {
		small, random = 16<<10, 2000
	}
	var at []int
	if len(raw) <= small {
		for n := 0; n < len(raw); n += stride {
			at = append(at, n)
		}
		return at
	}
	dice := rand.New(rand.NewPCG(1, uint64(len(raw))))
	for range random / stride {
		at = append(at, dice.IntN(len(raw)))
	}
	var edges []int
	for i, c := range raw {
		if c == '\n' {
			edges = append(edges, i, i+1)
		}
	}
	dice.Shuffle(len(edges), func(i, j int) { edges[i], edges[j] = edges[j], edges[i] })
	at = append(at, edges[:min(len(edges), random/stride)]...)
	slices.Sort(at)
	return at
}

// toldBy asks one format alone: to ask them all at every byte takes most of the time.
func toldBy(t *testing.T, form Format, raw []byte) (told map[cutKey]backup.Outcome, marked bool) {
	t.Helper()
	told = map[cutKey]backup.Outcome{}
	in := testInput(t, raw)
	if !form.Match(head(t, in)) {
		return told, false
	}
	for e, err := range form.Read(in) {
		if err == nil {
			told[cutKey{e.KeyUnder(e.Instance, in.ModTime, 0), e.KeyKind()}] = e.Outcome
		}
	}
	return told, slices.Contains(in.Notes(), cutNote) || slices.Contains(in.Notes(), cutLogs)
}

type cutKey struct {
	backup.Key
	Kind backup.KeyKind
}
