//go:build window && linux

package main

import (
	"bufio"
	"context"
	"encoding/binary"
	"image"
	"image/color"
	"image/png"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"
)

// A surface that was never painted has one colour, one without its font a handful; smooth letters alone bring dozens.
const fewColours = 16

// TestWindow_paints opens the desk on a virtual display, has it leave a picture of each window with the sample exports, and
// looks at the pictures and at the display. It needs cgo and Xvfb, so it has a build tag; make test runs it.
func TestWindow_paints(t *testing.T) {
	dir := t.TempDir()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	display, screen := virtualDisplay(t)
	cmd := exec.CommandContext(t.Context(), self, "--db", filepath.Join(dir, "desk.db"), "--screenshots", dir)
	cmd.Env = append(os.Environ(), asProgram, "LIBGL_ALWAYS_SOFTWARE=1", "DISPLAY="+display)
	cmd.WaitDelay = time.Second

	watching, stop := context.WithCancel(t.Context())
	most := make(chan int, 1)
	go func() { most <- mostColours(watching, screen) }()
	out, err := cmd.CombinedOutput()
	stop()
	if err != nil {
		t.Fatalf("the desk: %v\n%s", err, out)
	}
	if n := <-most; n < fewColours {
		t.Errorf("the display never had more than %d colours", n)
	}
	checkPictures(t, dir)
}

// TestWindow_endsOnASignal has the system end the desk while it opens and while it works: the windows' own goroutine is the one to close
// them, and what is told later finds none to change. The race detector tells.
func TestWindow_endsOnASignal(t *testing.T) {
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	display, screen := virtualDisplay(t)
	for name, there := range map[string]func(db string) bool{
		"while it opens": func(string) bool { return mostColours(t.Context(), screen) >= fewColours },
		"while it works": func(db string) bool { return appears(t.Context(), filepath.Join(db+".files", "desk.json")) },
	} {
		t.Run(name, func(t *testing.T) {
			db := filepath.Join(t.TempDir(), "desk.db")
			cmd := exec.CommandContext(t.Context(), self, "--db", db)
			cmd.Env = append(os.Environ(), asProgram, "LIBGL_ALWAYS_SOFTWARE=1", "DISPLAY="+display)
			var said strings.Builder
			cmd.Stderr = &said
			if err := cmd.Start(); err != nil {
				t.Fatal(err)
			}
			if !there(db) {
				t.Error("the desk did not open")
			}
			if err := cmd.Process.Signal(syscall.SIGTERM); err != nil {
				t.Error(err)
			}
			if err := cmd.Wait(); err != nil {
				t.Errorf("the desk: %v\n%s", err, said.String())
			}
		})
	}
}

// appears waits for a file.
func appears(ctx context.Context, path string) bool {
	often := time.NewTicker(100 * time.Millisecond)
	defer often.Stop()
	for {
		select {
		case <-ctx.Done():
			return false
		case <-often.C:
			if _, err := os.Stat(path); err == nil {
				return true
			}
		}
	}
}

func checkPictures(t *testing.T, dir string) {
	t.Helper()
	pictures, err := filepath.Glob(filepath.Join(dir, "*.png"))
	if err != nil || len(pictures) == 0 {
		t.Fatalf("the desk left no pictures: %v", err)
	}
	for _, path := range pictures {
		t.Run(filepath.Base(path), func(t *testing.T) {
			if n := colours(picture(t, path)); n < fewColours {
				t.Errorf("has only %d colours", n)
			}
		})
	}
}

// virtualDisplay starts an X server without a screen of glass. It gives the display's name and the file that mirrors it.
func virtualDisplay(t *testing.T) (display, screen string) {
	t.Helper()
	dir := t.TempDir()
	read, write, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	x := exec.Command("Xvfb", "-displayfd", "3", "-screen", "0", "1600x1000x24", "-fbdir", dir, "-nolisten", "tcp")
	x.ExtraFiles = []*os.File{write}
	if err := x.Start(); err != nil {
		t.Fatal(err)
	}
	write.Close()
	t.Cleanup(func() {
		x.Process.Signal(os.Interrupt) // it takes its lock away
		x.Wait()
	})
	defer read.Close()
	number, err := bufio.NewReader(read).ReadString('\n') // written when the server is ready
	if err != nil {
		t.Fatalf("Xvfb did not start: %v", err)
	}
	return ":" + strings.TrimSpace(number), filepath.Join(dir, "Xvfb_screen0")
}

// mostColours looks at the display until it has seen enough or is told to stop: the windows are gone when the program is.
func mostColours(ctx context.Context, screen string) int {
	often := time.NewTicker(200 * time.Millisecond)
	defer often.Stop()
	most := 0
	for {
		select {
		case <-ctx.Done():
			return most
		case <-often.C:
			if raw, err := os.ReadFile(screen); err == nil {
				most = max(most, coloursOfDump(raw))
			}
			if most >= fewColours {
				return most
			}
		}
	}
}

// coloursOfDump counts the colours of an X window dump with 32 bits to the pixel, up to those that are enough. Its header says how long it is and how many
// entries of the colour map, of 12 bytes each, lie between it and the pixels.
func coloursOfDump(raw []byte) int {
	const headerLength, colourMapLength, mapEntry = 0, 19 * 4, 12
	word := func(at int) int { return int(binary.BigEndian.Uint32(raw[at:])) }
	seen := map[[4]byte]bool{}
	for at := word(headerLength) + mapEntry*word(colourMapLength); at+4 <= len(raw) && len(seen) < fewColours; at += 4 {
		seen[[4]byte(raw[at:])] = true
	}
	return len(seen)
}

func picture(t *testing.T, path string) image.Image {
	t.Helper()
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	img, err := png.Decode(f)
	if err != nil {
		t.Fatal(err)
	}
	return img
}

// colours counts the colours of a picture, up to those that are enough.
func colours(img image.Image) int {
	seen := map[color.Color]bool{}
	for y := img.Bounds().Min.Y; y < img.Bounds().Max.Y; y++ {
		for x := img.Bounds().Min.X; x < img.Bounds().Max.X && len(seen) < fewColours; x++ {
			seen[img.At(x, y)] = true
		}
	}
	return len(seen)
}
