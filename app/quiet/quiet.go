// Package quiet holds back what the toolkit writes to the standard log while it is loaded: on a machine with a plain locale it
// complains there before main begins, also when a command needs no window at all. Main sends the log where it belongs.
//
// It works because packages are initialised in the order of their paths once what they import is ready, and this one imports
// nothing that the toolkit does not.
package quiet

import (
	"io"
	"log"
)

func init() { log.SetOutput(io.Discard) }
