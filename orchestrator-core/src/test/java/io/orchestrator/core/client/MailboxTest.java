package io.orchestrator.core.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class MailboxTest {
    private final Mailbox mailbox = new Mailbox();
    private final List<String> ran = new ArrayList<>();

    @Test
    void whatComesWhileATaskRunsIsRunAfterIt() {
        mailbox.run(() -> {
            mailbox.run(() -> ran.add("b"));
            ran.add("a");
        });
        assertThat(ran).containsExactly("a", "b");
    }

    @Test
    void aTaskThatFailsKeepsNoneOfTheOthersFromRunning() {
        mailbox.run(() -> {
            mailbox.run(() -> ran.add("b"));
            throw new IllegalStateException("on purpose");
        });
        assertThat(ran).containsExactly("b");
    }

    @Test
    void norDoesAnErrorWhichIsTheCallersToHear() {
        assertThatThrownBy(() -> mailbox.run(() -> {
                    mailbox.run(() -> ran.add("b"));
                    throw new StackOverflowError("on purpose");
                }))
                .isInstanceOf(StackOverflowError.class);
        mailbox.run(() -> ran.add("c"));
        assertThat(ran).containsExactly("b", "c");
    }
}
