package io.ledgerbridge.hubspot.internal;

import io.ledgerbridge.hubspot.internal.Wire.BatchAnswer;
import io.ledgerbridge.hubspot.internal.Wire.RecordAnswer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads the answers of batches in which nothing went wrong, which are nearly all and have one shape. Whatever else comes it
 * leaves to the general reader, so that it never has to be right about more than this shape. It takes a third of the time.
 */
final class AnswerScanner {

    /** Ends the scanning: the general reader decides what the answer is. */
    private static final class OtherShape extends RuntimeException {
        private static final long serialVersionUID = 1L;
        static final OtherShape INSTANCE = new OtherShape();

        private OtherShape() {
            super("another shape", null, false, false);
        }
    }

    /** No bit of these is set in a control character. */
    private static final int CONTROL = 0xE0;

    private final byte[] json;
    private int at;

    /** Names of properties in the order of the record before: as a rule those of the next one. */
    private String[] names = new String[16];

    private int nameCount;

    private AnswerScanner(byte[] json) {
        this.json = json;
    }

    /** The answer; null if it has another shape. */
    static @Nullable BatchAnswer scan(byte[] json) {
        try {
            return new AnswerScanner(json).answer();
        } catch (OtherShape | ArrayIndexOutOfBoundsException e) {
            return null;
        }
    }

    private BatchAnswer answer() {
        List<RecordAnswer> results = new ArrayList<>(100);
        expect('{');
        boolean more = !isNext('}');
        while (more) {
            String member = member();
            if (member.equals("results") && results.isEmpty()) {
                records(results);
            } else if (member.equals("status") || member.equals("startedAt") || member.equals("completedAt")) {
                string();
            } else {
                throw OtherShape.INSTANCE;
            }
            more = goesOn('}');
        }
        skipWhite();
        if (at != json.length) {
            throw OtherShape.INSTANCE;
        }
        return new BatchAnswer(results, List.of());
    }

    private void records(List<RecordAnswer> results) {
        expect('[');
        boolean more = !isNext(']');
        while (more) {
            results.add(record());
            more = goesOn(']');
        }
    }

    private RecordAnswer record() {
        String id = "";
        Map<String, @Nullable String> properties = Map.of();
        boolean isNew = false;
        Instant createdAt = null;
        Instant updatedAt = null;
        boolean archived = false;
        String url = null;
        String trace = null;
        expect('{');
        boolean more = !isNext('}');
        while (more) {
            int name = memberName();
            int length = at - 1 - name;
            expect(':');
            if (length == 2 && isWord("id", name)) {
                id = string();
            } else if (length == 10 && isWord("properties", name)) {
                properties = properties();
            } else if (length == 3 && isWord("new", name)) {
                isNew = truth();
            } else if (length == 9 && isWord("createdAt", name)) {
                createdAt = moment();
            } else if (length == 9 && isWord("updatedAt", name)) {
                updatedAt = moment();
            } else if (length == 8 && isWord("archived", name)) {
                archived = truth();
            } else if (length == 3 && isWord("url", name)) {
                url = string();
            } else if (length == 18 && isWord("objectWriteTraceId", name)) {
                trace = string();
            } else {
                throw OtherShape.INSTANCE;
            }
            more = goesOn('}');
        }
        return new RecordAnswer(id, properties, isNew, createdAt, updatedAt, archived, url, trace, Map.of());
    }

    private Map<String, @Nullable String> properties() {
        expect('{');
        boolean more = !isNext('}');
        int[] places = new int[2 * Math.max(8, nameCount)];
        int count = 0;
        while (more) {
            if (count * 2 == places.length) {
                places = Arrays.copyOf(places, places.length * 2);
            }
            name(count);
            skipWhite();
            if (json[at] == 'n') {
                word("null");
                places[count * 2] = -1;
            } else {
                places[count * 2] = at + 1;
                skipString();
                places[count * 2 + 1] = at - 1;
            }
            count++;
            more = goesOn('}');
        }
        nameCount = count;
        return new ScannedProperties(json, names, places, count);
    }

    /** Steps over the name at this place; it becomes a text only if it is not that of the record before. */
    private void name(int place) {
        skipWhite();
        if (place < nameCount && isText(names[place])) {
            at += names[place].length() + 2;
        } else {
            String name = string();
            for (int i = 0; i < place; i++) {
                if (names[i].equals(name)) {
                    throw OtherShape.INSTANCE;
                }
            }
            // The records before keep theirs.
            names = Arrays.copyOf(names, Math.max(place + 8, names.length));
            names[place] = name;
            nameCount = place + 1;
        }
        expect(':');
    }

    private boolean isText(String text) {
        return json[at] == '"' && json[at + text.length() + 1] == '"' && isWord(text, at + 1);
    }

    /** Steps over a name and answers where it begins; it ends before the last quote. */
    private int memberName() {
        skipWhite();
        int start = at + 1;
        skipString();
        return start;
    }

    private boolean isWord(String word, int from) {
        for (int i = 0; i < word.length(); i++) {
            if (json[from + i] != word.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    private String member() {
        String name = string();
        expect(':');
        return name;
    }

    private String string() {
        skipWhite();
        int start = at + 1;
        skipString();
        return new String(json, start, at - 1 - start, StandardCharsets.UTF_8);
    }

    private @Nullable Instant moment() {
        skipWhite();
        int start = at + 1;
        skipString();
        int length = at - 1 - start;
        Instant stamp = Moments.stamp(json, start, length);
        return stamp == null ? Moments.find(new String(json, start, length, StandardCharsets.UTF_8)) : stamp;
    }

    /** Steps over a text without escapes. */
    private void skipString() {
        byte[] bytes = json;
        int i = at;
        if (bytes[i++] != '"') {
            throw OtherShape.INSTANCE;
        }
        byte b = bytes[i];
        while (b != '"') {
            if (b == '\\' || (b & CONTROL) == 0) {
                throw OtherShape.INSTANCE;
            }
            b = bytes[++i];
        }
        at = i + 1;
    }

    private boolean truth() {
        skipWhite();
        if (json[at] == 't') {
            word("true");
            return true;
        }
        word("false");
        return false;
    }

    private void word(String word) {
        for (int i = 0; i < word.length(); i++) {
            if (json[at++] != word.charAt(i)) {
                throw OtherShape.INSTANCE;
            }
        }
    }

    /** Whether there is another element; steps over the comma or the end. */
    private boolean goesOn(char end) {
        skipWhite();
        byte b = json[at++];
        if (b == ',') {
            return true;
        }
        if (b == end) {
            return false;
        }
        throw OtherShape.INSTANCE;
    }

    /** Whether an object or list is empty; steps over its end then. */
    private boolean isNext(char end) {
        skipWhite();
        if (json[at] == end) {
            at++;
            return true;
        }
        return false;
    }

    private void expect(char c) {
        skipWhite();
        if (json[at++] != c) {
            throw OtherShape.INSTANCE;
        }
    }

    private void skipWhite() {
        while (at < json.length && (json[at] == ' ' || json[at] == '\n' || json[at] == '\r' || json[at] == '\t')) {
            at++;
        }
    }
}
