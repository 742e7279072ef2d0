package io.orchestrator.core.embed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class ProcessLifeTest {
    private static final String OTHER = "0";

    private final ProcessLife self = ProcessLife.ofThisProcess();

    @BeforeEach
    void isTold() {
        assumeTrue(Files.isReadable(Path.of("/proc/self/stat")), "this machine does not tell of its processes");
    }

    @Test
    void isWrittenAndReadAsAWholeOrNotAtAll() {
        assertThat(ProcessLife.parse(self.text())).contains(self);
        assertThat(ProcessLife.parse("")).isEmpty();
        assertThat(ProcessLife.parse(self.text().stripTrailing()))
                .as("half written")
                .isEmpty();
        assertThat(ProcessLife.parse(self.pid() + " 1"))
                .as("of whoever wrote otherwise")
                .isEmpty();
    }

    @Test
    void whoRunsIsNotOver() {
        assertThat(self.isOver()).isFalse();
    }

    @Test
    void anotherProcessThatWasGivenTheSameIdIsNotIt() {
        assertThat(new ProcessLife(self.pid(), OTHER, self.boot(), self.space()).isOver())
                .isTrue();
        assertThat(new ProcessLife(self.pid(), self.ticks(), "another", self.space()).isOver())
                .as("before the machine started again")
                .isTrue();
    }

    @Test
    void whatIsNotToldCountsAsRunning() {
        assertThat(new ProcessLife(self.pid(), "-", self.boot(), self.space()).isOver())
                .isFalse();
        assertThat(new ProcessLife(self.pid(), OTHER, "-", self.space()).isOver())
                .as("ticks count from a start that is not known")
                .isFalse();
        assertThat(new ProcessLife(Integer.MAX_VALUE, OTHER, self.boot(), "pid:[1]").isOver())
                .as("its id counts elsewhere")
                .isFalse();
    }

    @Test
    void whoEndedIsOver() {
        assertThat(new ProcessLife(Integer.MAX_VALUE, OTHER, self.boot(), self.space()).isOver())
                .isTrue();
    }
}
