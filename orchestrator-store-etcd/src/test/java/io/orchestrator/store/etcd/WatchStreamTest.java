package io.orchestrator.store.etcd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.verify;

import io.etcd.jetcd.ByteSequence;
import io.etcd.jetcd.Watch;
import io.etcd.jetcd.api.Event;
import io.etcd.jetcd.api.ResponseHeader;
import io.etcd.jetcd.watch.WatchEvent;
import io.etcd.jetcd.watch.WatchResponse;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** jetcd's habits, one by one: whatever would make it resume by itself ends the stream first. */
class WatchStreamTest {
    private final List<String> news = new ArrayList<>();
    private final Watch.Watcher watcher = mock(Watch.Watcher.class);
    private final WatchStream stream = new WatchStream(
            new WatchStream.Receiver() {
                @Override
                public void events(WatchStream from, List<WatchEvent> events) {
                    news.add(events.size() + " events");
                }

                @Override
                public void progress(WatchStream from, long revision) {
                    news.add("progress " + revision);
                }

                @Override
                public void failed(WatchStream from, Throwable cause) {
                    news.add("failed: " + cause.getMessage());
                }
            },
            () -> 0,
            10,
            4);

    @Test
    void anErrorClosesTheWatcherBeforeTheCallbackReturnsSoThatJetcdCannotResume() {
        stream.attach(watcher);
        stream.onError(new IllegalStateException("cut"));
        verify(watcher).close();
        stream.onNext(events(1));
        stream.onCompleted();
        assertThat(news).containsExactly("failed: cut");
    }

    @Test
    void aStreamThatEndsCleanlyHasFailed() {
        stream.attach(watcher);
        stream.onCompleted();
        verify(watcher).close();
        assertThat(news).containsExactly("failed: the stream has ended");
    }

    @Test
    void aSecondCreationMeansThatJetcdResumedAndNothingOfItIsTaken() {
        stream.attach(watcher);
        stream.onNext(created());
        stream.onNext(events(2));
        stream.onNext(created());
        stream.onNext(events(1));
        verify(watcher).close();
        assertThat(news).containsExactly("2 events", "failed: jetcd has resumed the watch by itself");
    }

    @Test
    void aWatcherThatFailedBeforeItWasKnownIsClosedWhenItIs() {
        stream.onError(new IllegalStateException("cut"));
        stream.attach(watcher);
        verify(watcher).close();
    }

    @Test
    void aStreamIsCutWhenTooMuchWaitsForTheSinkButOneLargeResponseIsTaken() {
        stream.attach(watcher);
        stream.onNext(created());
        stream.onNext(events(15));
        assertThat(news).containsExactly("15 events");
        stream.consumed(15);
        stream.onNext(events(8));
        stream.onNext(events(3));
        assertThat(news).containsExactly("15 events", "8 events", "failed: 8 changes wait for the sink");
        verify(watcher).close();
    }

    @Test
    void aSignOfLifeIsAskedForOnlyOfAStreamThatStands() {
        stream.attach(watcher);
        stream.ping();
        verify(watcher, never()).requestProgress();
        stream.onNext(created());
        stream.ping();
        verify(watcher).requestProgress();
    }

    @Test
    void progressIsHandedOn() {
        stream.onNext(new WatchResponse(io.etcd.jetcd.api.WatchResponse.newBuilder()
                .setHeader(ResponseHeader.newBuilder().setRevision(7))
                .build()));
        assertThat(news).containsExactly("progress 7");
    }

    private static WatchResponse created() {
        return new WatchResponse(
                io.etcd.jetcd.api.WatchResponse.newBuilder().setCreated(true).build());
    }

    private static WatchResponse events(int count) {
        var response = io.etcd.jetcd.api.WatchResponse.newBuilder();
        for (int i = 0; i < count; i++) {
            response.addEvents(Event.newBuilder().setType(Event.EventType.PUT));
        }
        return new WatchResponse(response.build(), ByteSequence.EMPTY);
    }
}
