package desk

import "context"

// Diagnosis is what whoever maintains Backstop has to know of a database, beside the log: how large it is and how it is set.
type Diagnosis struct {
	Layout   int               // version of its tables
	SQLite   string            // version of the library
	Bytes    int64             // of the database
	Counts   map[string]int64  // rows by table
	Settings map[string]string // by name, as JSON: values may name hosts, jobs and people
}

// Diagnose reads what a report about the program needs. It is about everything there is, so it is for those who may copy it.
func (d *Desk) Diagnose(ctx context.Context, actor Actor) (Diagnosis, error) {
	if _, err := d.may(ctx, actor, ToCopy); err != nil {
		return Diagnosis{}, err
	}
	return d.store.Diagnose(ctx)
}
