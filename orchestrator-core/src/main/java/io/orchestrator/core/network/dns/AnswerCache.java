package io.orchestrator.core.network.dns;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.SOARecord;

/**
 * What others have answered, for as long as they said that it may be kept; the least used go first when there is no more room.
 * Owned by its loop.
 */
final class AnswerCache {
    private static final long LONGEST_SECONDS = Duration.ofHours(1).toSeconds();
    private static final long LONGEST_NOTHING = Duration.ofMinutes(5).toSeconds();

    private record Kept(Answer answer, long sinceNanos, long untilNanos) {}

    private final LongSupplier nanoTime;
    private final Map<Question, Kept> kept;

    AnswerCache(int most, LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        this.kept = new LinkedHashMap<>(16, 0.75f, true) {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<Question, Kept> eldest) {
                return size() > most;
            }
        };
    }

    /** What is kept, its lifetimes shorter by the time that it was; null for nothing. */
    @Nullable
    Answer find(Question question) {
        Kept found = kept.get(question);
        if (found == null) {
            return null;
        }
        long now = nanoTime.getAsLong();
        if (found.untilNanos - now <= 0) {
            kept.remove(question);
            return null;
        }
        long age = Duration.ofNanos(now - found.sinceNanos).toSeconds();
        return age == 0 ? found.answer : aged(found.answer, age);
    }

    void keep(Question question, Answer answer) {
        long seconds = lifetime(answer);
        if (seconds > 0) {
            long now = nanoTime.getAsLong();
            kept.put(
                    question,
                    new Kept(answer, now, now + Duration.ofSeconds(seconds).toNanos()));
        }
    }

    int size() {
        return kept.size();
    }

    private static long lifetime(Answer answer) {
        if (answer.rcode() == Rcode.NOERROR && !answer.answers().isEmpty()) {
            return Math.min(
                    LONGEST_SECONDS,
                    answer.answers().stream().mapToLong(Record::getTTL).min().orElse(0));
        }
        if (answer.rcode() == Rcode.NXDOMAIN || answer.rcode() == Rcode.NOERROR) {
            for (Record record : answer.authority()) {
                if (record instanceof SOARecord zone) {
                    return Math.min(LONGEST_NOTHING, Math.min(zone.getTTL(), zone.getMinimum()));
                }
            }
        }
        return 0;
    }

    private static Answer aged(Answer answer, long seconds) {
        return new Answer(
                answer.rcode(),
                answer.authoritative(),
                aged(answer.answers(), seconds),
                aged(answer.authority(), seconds),
                aged(answer.additional(), seconds));
    }

    private static List<Record> aged(List<Record> records, long seconds) {
        return records.stream()
                .map(record -> Record.newRecord(
                        record.getName(),
                        record.getType(),
                        record.getDClass(),
                        Math.max(0, record.getTTL() - seconds),
                        record.rdataToWireCanonical()))
                .toList();
    }
}
