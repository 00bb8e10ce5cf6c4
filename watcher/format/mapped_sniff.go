package format

import (
	"bytes"
	"cmp"
	"encoding/json"
	"io"
	"regexp"
	"slices"
	"strings"

	"backstop/app/backup"
)

// SampleRows is how many records are shown to a person who maps a file.
const SampleRows = 200

// maxColumns bounds what is proposed: nobody chooses among more, and a file of one long line may have thousands.
const maxColumns = 300

// Look lays the head of a decoded text out as a table. Where m names a shape, a delimiter or a list, these are taken; what it
// leaves open is found in the text.
func Look(head []byte, m backup.Mapping) (backup.Sample, error) {
	s := backup.Sample{Shape: m.Shape, Delimiter: m.Delimiter, List: m.List}
	if s.Shape == "" {
		s.Shape = backup.CSV
		if isJSON(head) {
			s.Shape = backup.JSON
		}
	}
	switch s.Shape {
	case backup.JSON:
		s.Lists = jsonLists(head)
		if len(s.Lists) > 0 && (m.Shape == "" || !slices.Contains(s.Lists, s.List)) {
			s.List = s.Lists[0]
		}
	case backup.CSV:
		s.SepLine = sepLine(head) != ""
		s.Delimiter = cmp.Or(s.Delimiter, sepLine(head), headDelimiter(head))
	}
	err := fillSample(&s, head)
	s.Layouts = map[string][]string{}
	for _, c := range s.Columns {
		if fit := backup.Layouts(s.Column(c)); len(fit) > 0 {
			s.Layouts[c] = fit
		}
	}
	return s, err
}

// fillSample reads the first records; one that the end of head cuts is left out.
func fillSample(s *backup.Sample, head []byte) error {
	in := &Input{Open: func() (io.ReadCloser, error) { return io.NopCloser(bytes.NewReader(head)), nil }}
	at := map[string]int{}
	for row, err := range tableRows(in, s.Shape, s.Delimiter, s.List) {
		if err != nil {
			if _, isBad := IsBad(err); !isBad {
				return err
			}
			continue
		}
		for _, n := range row.names {
			if _, known := at[n]; !known && len(at) < maxColumns {
				at[n] = len(s.Columns)
				s.Columns = append(s.Columns, n)
			}
		}
		cells := make([]string, len(s.Columns))
		for n, i := range at {
			cells[i] = row.cell(n)
		}
		if s.Rows = append(s.Rows, cells); len(s.Rows) == SampleRows {
			break
		}
	}
	for i, r := range s.Rows { // a later record of JSON may have brought columns
		s.Rows[i] = append(r, make([]string, len(s.Columns)-len(r))...)
	}
	return nil
}

// sepLine is the delimiter that Excel's "sep=;" names, or "".
func sepLine(head []byte) string {
	for line := range strings.Lines(string(head)) {
		line = strings.TrimRight(line, "\r\n")
		if len(line) == 5 && strings.HasPrefix(strings.ToLower(line), "sep=") {
			return line[4:]
		}
		if strings.TrimSpace(line) != "" {
			break
		}
	}
	return ""
}

func headDelimiter(head []byte) string {
	for line := range strings.Lines(string(head)) {
		if !isPreamble(line) {
			return string(delimiter(line))
		}
	}
	return ","
}

// jsonLists are the paths under which lists of objects stand, the longest list first; "" is the top, and goes before the
// others where several objects stand there: lists in them are parts of records. Nothing but the head is looked at.
func jsonLists(head []byte) []string {
	count := map[string]int{}
	dec := json.NewDecoder(bytes.NewReader(head))
	w := &listWalk{dec: dec, count: count}
	for w.value("", 0) == nil { // the head ends within a value, or the text is over
		count[""]++
	}
	var paths []string
	for p, n := range count {
		if n > 0 {
			paths = append(paths, p)
		}
	}
	if count[""] > 1 {
		count[""] = len(head)
	}
	slices.SortFunc(paths, func(a, b string) int {
		if n := cmp.Compare(count[b], count[a]); n != 0 {
			return n
		}
		return strings.Compare(a, b)
	})
	return paths
}

// listWalk counts the objects in each list.
type listWalk struct {
	dec   *json.Decoder
	count map[string]int
}

func (w *listWalk) value(path string, depth int) error {
	t, err := w.dec.Token()
	if err != nil {
		return err
	}
	switch t {
	case json.Delim('{'):
		return w.object(path, depth)
	case json.Delim('['):
		return w.list(path, depth)
	}
	return nil
}

func (w *listWalk) object(path string, depth int) error {
	for w.dec.More() {
		key, err := w.dec.Token()
		if err != nil {
			return err
		}
		name, _ := key.(string)
		if err := w.value(strings.TrimPrefix(path+"."+name, "."), depth+1); err != nil {
			return err
		}
	}
	_, err := w.dec.Token()
	return err
}

// list counts the objects of a list; lists within them are parts of a record.
func (w *listWalk) list(path string, depth int) error {
	for w.dec.More() {
		t, err := w.dec.Token()
		if err != nil {
			return err
		}
		switch t {
		case json.Delim('{'):
			w.count[path]++
			if err := w.skip(1); err != nil {
				return err
			}
		case json.Delim('['):
			if err := w.skip(1); err != nil {
				return err
			}
		}
	}
	_, err := w.dec.Token()
	return err
}

// skip reads to the end of what is open.
func (w *listWalk) skip(open int) error {
	for open > 0 {
		t, err := w.dec.Token()
		if err != nil {
			return err
		}
		switch t {
		case json.Delim('{'), json.Delim('['):
			open++
		case json.Delim('}'), json.Delim(']'):
			open--
		}
	}
	return nil
}

// synonyms are words that columns go by, folded as headerName folds; those that tell most come first.
var synonyms = map[backup.Field][]string{
	backup.FieldStatus:   {"status", "result", "outcome", "state", "resultado", "estado", "ergebnis", "zustand", "statut", "esito", "stato", "jobstatus", "exitcode", "exitstatus", "resulttype", "situacao", "situação"},
	backup.FieldRoutine:  {"jobname", "job", "policy", "policyname", "routine", "task", "taskname", "plan", "planname", "backupset", "auftrag", "tarefa", "trabajo", "tarea", "travail", "tâche", "rotina", "name", "nome", "nombre", "nom", "auftragsname"},
	backup.FieldClient:   {"client", "clientname", "host", "hostname", "server", "machine", "vm", "vmname", "computer", "rechner", "cliente", "servidor", "serveur", "asset", "object", "device", "endpoint", "maschine"},
	backup.FieldStart:    {"starttime", "start", "started", "startedat", "begin", "begintime", "startdate", "begonnen", "inicio", "início", "début", "debut", "inizio", "startzeit", "beginn", "date", "datum", "data", "fecha", "creationtime"},
	backup.FieldEnd:      {"endtime", "end", "ended", "finished", "finishedat", "completed", "completedat", "finish", "stoptime", "ende", "fim", "fin", "fine", "endzeit", "enddate", "término", "termino", "beendet"},
	backup.FieldDuration: {"duration", "elapsed", "elapsedtime", "runtime", "dauer", "duração", "duracao", "duración", "durée", "durata", "laufzeit"},
	backup.FieldBytes:    {"bytes", "size", "datasize", "datatransferred", "transferred", "backupsize", "größe", "grösse", "menge", "datenmenge", "tamanho", "tamaño", "taille", "dimensione", "written", "volume", "sizebytes"},
	backup.FieldFiles:    {"files", "filecount", "numberoffiles", "dateien", "arquivos", "archivos", "fichiers", "objects"},
	backup.FieldLevel:    {"level", "type", "backuptype", "jobtype", "typ", "tipo", "nivel", "nível", "schedule type"},
	backup.FieldSchedule: {"schedule", "schedulename", "zeitplan", "agenda"},
	backup.FieldCode:     {"code", "errorcode", "statuscode", "returncode", "fehlercode", "rc"},
	backup.FieldError:    {"error", "message", "reason", "details", "errormessage", "description", "fehler", "meldung", "erro", "mensagem", "mensaje", "erreur", "messaggio", "bemerkung", "grund", "failurereason"},
	backup.FieldInstance: {"mediaserver", "backupserver", "masterserver", "primaryserver", "instance", "managementserver", "sicherungsserver"},
	backup.FieldTool:     {"tool", "product", "software", "application", "produkt"},
}

// outcomeHints are the words that statuses begin with, in the languages of the columns.
var outcomeHints = []struct {
	outcome backup.Outcome
	words   []string
}{
	{backup.Partial, []string{"warn", "partial", "teil", "parcial", "partiel", "aviso", "avert", "completed with", "mit fehlern", "com erros"}},
	{backup.Missed, []string{"miss", "not started", "no run", "failed to start", "notintimewindow", "invalidtimewindow", "invalidschedule", "did not", "verpasst", "nicht gestartet", "skipped", "não iniciado", "expired"}},
	{backup.Cancelled, []string{"cancel", "abort", "abgebrochen", "stopp", "killed", "interrompid", "annul", "terminated"}},
	{backup.Failed, []string{"fail", "error", "fehl", "falh", "fall", "erro", "échec", "echec", "nok", "not ok", "unsuccessful", "ko", "critical"}},
	{backup.Running, []string{"run", "active", "in progress", "läuft", "laeuft", "em execu", "en cours", "queued", "pending", "wait", "start"}},
	{backup.Success, []string{"success", "succe", "ok", "complet", "erfolg", "done", "finish", "sucesso", "éxito", "exito", "réussi", "reussi", "good", "passed", "conclu", "beendet"}},
}

// Propose fills what a mapping leaves open, as far as the sample tells it: columns by their names, else their values, outcomes by their words,
// layouts by the values. A layout that the values leave open is not proposed.
func Propose(s backup.Sample, m backup.Mapping) backup.Mapping {
	m.Shape, m.Delimiter, m.List = s.Shape, s.Delimiter, s.List
	m.Columns = proposeColumns(s)
	m.Outcomes = map[string]string{}
	for _, word := range s.Column(m.Columns[backup.FieldStatus]) {
		if o := guessOutcome(word); word != "" {
			m.Outcomes[word] = o.String()
		}
	}
	m.Layouts = map[backup.Field]string{}
	for _, f := range []backup.Field{backup.FieldStart, backup.FieldEnd} {
		if fit := s.Layouts[m.Columns[f]]; len(fit) == 1 || len(fit) > 1 && !backup.AmbiguousLayouts(fit) {
			m.Layouts[f] = fit[0]
		}
	}
	m.Decimal = guessDecimal(s.Column(m.Columns[backup.FieldBytes]))
	return m
}

func proposeColumns(s backup.Sample) map[backup.Field]string {
	columns, taken := map[backup.Field]string{}, map[string]bool{}
	for _, exact := range []bool{true, false} {
		for _, f := range backup.Fields {
			if columns[f] == "" {
				if c := columnFor(s, f, exact, taken); c != "" {
					columns[f], taken[c] = c, true
				}
			}
		}
	}
	proposeByValues(s, columns, taken)
	return columns
}

// proposeByValues finds what no name told: times begin runs, sizes name their unit, few words that mean something are statuses.
func proposeByValues(s backup.Sample, columns map[backup.Field]string, taken map[string]bool) {
	for _, p := range []struct {
		field backup.Field
		fits  func(column string, values []string) bool
	}{
		{backup.FieldStart, func(c string, _ []string) bool { return len(s.Layouts[c]) > 0 }},
		{backup.FieldEnd, func(c string, _ []string) bool { return len(s.Layouts[c]) > 0 && columns[backup.FieldDuration] == "" }},
		{backup.FieldBytes, func(_ string, values []string) bool { return someAndAll(values, hasSizeUnit) }},
		{backup.FieldDuration, func(_ string, values []string) bool {
			return columns[backup.FieldEnd] == "" && someAndAll(values, clocked.MatchString)
		}},
		{backup.FieldStatus, func(_ string, values []string) bool {
			return someAndAll(values, func(v string) bool { return guessOutcome(v) != 0 })
		}},
	} {
		i := slices.IndexFunc(s.Columns, func(c string) bool { return !taken[c] && p.fits(c, s.Column(c)) })
		if columns[p.field] == "" && i >= 0 {
			columns[p.field], taken[s.Columns[i]] = s.Columns[i], true
		}
	}
}

// someAndAll wants a value, and each that is there to fit.
func someAndAll(values []string, fits func(string) bool) bool {
	some := false
	for _, v := range values {
		if v != "" && !fits(v) {
			return false
		}
		some = some || v != ""
	}
	return some
}

var sizeWithUnit = regexp.MustCompile(`(?i)^[\d.,' ]+ ?([kmgt]i?b|bytes?|b)$`)

func hasSizeUnit(v string) bool { return sizeWithUnit.MatchString(v) }

func columnFor(s backup.Sample, f backup.Field, exact bool, taken map[string]bool) string {
	for _, word := range synonyms[f] {
		for _, c := range s.Columns {
			name := headerName(c[strings.LastIndexByte(c, '.')+1:])
			if !taken[c] && (name == word || !exact && len(word) > 3 && strings.Contains(name, word)) && fitsField(s, f, c) {
				return c
			}
		}
	}
	return ""
}

// fitsField keeps a column of dates from being taken for a size only because of its name.
func fitsField(s backup.Sample, f backup.Field, column string) bool {
	values := s.Column(column)
	switch f {
	case backup.FieldStart, backup.FieldEnd:
		return len(s.Layouts[column]) > 0
	case backup.FieldBytes:
		return all(values, func(v string) bool { _, err := mappedSize(v, "", ""); return err == nil })
	case backup.FieldDuration:
		return all(values, func(v string) bool { _, err := mappedDuration(v, "", ""); return err == nil })
	case backup.FieldFiles:
		return all(values, func(v string) bool { _, ok := number(v); return ok || v == "" })
	default:
		return true
	}
}

func all(values []string, fits func(string) bool) bool {
	return !slices.ContainsFunc(values, func(v string) bool { return !fits(v) })
}

// guessOutcome goes by how the word begins, else by what it holds; 0 leaves it to the person.
func guessOutcome(word string) backup.Outcome {
	word = strings.ToLower(strings.TrimSpace(word))
	for _, fits := range []func(s, part string) bool{strings.HasPrefix, func(s, part string) bool { return len(part) > 3 && strings.Contains(s, part) }} {
		for _, h := range outcomeHints {
			if slices.ContainsFunc(h.words, func(w string) bool { return fits(word, w) }) {
				return h.outcome
			}
		}
	}
	return 0
}

// guessDecimal takes a separator for the decimal's where no group of three digits stands behind it.
func guessDecimal(values []string) string {
	for _, v := range values {
		i := strings.LastIndexAny(v, ",.")
		if i < 0 {
			continue
		}
		digits := 0
		for digits < len(v[i+1:]) && v[i+1+digits] >= '0' && v[i+1+digits] <= '9' {
			digits++
		}
		if digits != 3 {
			return v[i : i+1]
		}
	}
	return ""
}
