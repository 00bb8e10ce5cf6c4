# Writes the cells of a text, tab-separated, as BenchmarkTable's own table does: n a number, t a time, s a text.
import datetime
import sys

import xlsxwriter

kinds = "ntsssttssnnsssttnnss"
book = xlsxwriter.Workbook(sys.argv[2], {"constant_memory": True})
sheet = book.add_worksheet("Cells")
number, clock, words = (book.add_format({"num_format": f, "bottom": 1}) for f in ("#,##0", "yyyy-mm-dd hh:mm", "General"))
for column, _ in enumerate(kinds):
    sheet.write_string(2, column, "Column %d" % column)
zone = datetime.timezone.utc
with open(sys.argv[1], encoding="utf-8") as text:
    for row, line in enumerate(text, 3):
        for column, cell in enumerate(line.rstrip("\n").split("\t")):
            kind = kinds[column]
            if kind == "n":
                sheet.write_number(row, column, int(cell), number)
            elif kind == "t":
                at = datetime.datetime.fromtimestamp(int(cell), zone).replace(tzinfo=None)
                sheet.write_datetime(row, column, at, clock)
            else:
                sheet.write_string(row, column, cell, words)
book.close()
