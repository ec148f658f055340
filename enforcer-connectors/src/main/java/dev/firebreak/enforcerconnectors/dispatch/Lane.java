package dev.firebreak.enforcerconnectors.dispatch;

import dev.firebreak.enforcerconnectors.enforcer.Attachment;
import dev.firebreak.enforcerconnectors.enforcer.DenyId;
import dev.firebreak.enforcerconnectors.enforcer.Digest;
import dev.firebreak.enforcerconnectors.enforcer.Directive;
import dev.firebreak.enforcerconnectors.enforcer.Enforcer;
import dev.firebreak.enforcerconnectors.enforcer.Held;
import dev.firebreak.enforcerconnectors.enforcer.Observation;
import dev.firebreak.enforcerconnectors.enforcer.Observation.Seen;
import dev.firebreak.enforcerconnectors.enforcer.Observation.Unseen;
import dev.firebreak.enforcerconnectors.enforcer.Receipt;
import dev.firebreak.enforcerconnectors.enforcer.Verification;
import dev.firebreak.eventlog.term.ContainmentId;
import dev.firebreak.eventlog.term.EnforcerName;
import dev.firebreak.segmentation.DesiredState;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/// One attached enforcer: looks at what is desired and what is known, and takes one step at a time
/// from the one to the other.
///
/// Of what may be said of its parts only that is worked out anew which may have changed; with each
/// heartbeat and each observation everything is.
final class Lane implements Attachment {

    private final Enforcer enforcer;
    private final EnforcerName name;
    private final Surroundings around;
    private final Consumer<Lane> whenDetached;
    private final Knowledge knowledge;
    private final Strangers strangers;
    private final Question question;
    private final Pause pause;
    private final Parts parts;
    private DesiredState desired;
    private final Instant attachedAt;
    private Instant heardAt;
    private Instant observedAt;
    private Instant refusedAt = Instant.MAX;
    private Trouble trouble = new Trouble.None();
    private boolean ended;

    Lane(Enforcer enforcer, Seen seen, Surroundings around, Consumer<Lane> whenDetached) {
        this.enforcer = enforcer;
        this.name = enforcer.name();
        this.around = around;
        this.whenDetached = whenDetached;
        this.knowledge = new Knowledge(seen);
        this.question = new Question(around);
        this.pause = new Pause(around);
        this.strangers = new Strangers(name, around.ledger(), around.listener());
        this.desired = around.ledger().desired(name);
        this.attachedAt = around.clock().instant();
        this.heardAt = attachedAt;
        this.observedAt = seen.at();
        this.parts = new Parts(name, around.ledger(), around.desk());
    }

    @Override
    public void heard() {
        onLine(() -> {});
    }

    @Override
    public void heard(long generation, String digest) {
        onLine(() -> {
            var present = knowledge.held().stream().map(Held::id).toList();
            if (!question.isOpen()
                    && (generation > knowledge.fence() || !digest.equals(Digest.of(present)))) {
                knowledge.unanswered();
            }
            tryAgainWhatIsDue();
            parts.touchAll();
            look();
        });
    }

    @Override
    public void observed(Seen seen) {
        onLine(() -> {
            observedAt = seen.at();
            knowledge.observed(seen);
            parts.touchAll();
            look();
        });
    }

    @Override
    public void verified(Verification verification) {
        onLine(() -> {
            knowledge.verified(verification);
            verification.probes().forEach(probe -> parts.touch(probe.id()));
            look();
        });
    }

    @Override
    public void detached() {
        around.line().execute(() -> whenDetached.accept(this));
    }

    EnforcerName name() {
        return name;
    }

    Instant heardAt() {
        return heardAt;
    }

    Set<DenyId> doubtful() {
        return knowledge.doubtful();
    }

    /// The log asks, or asked, this enforcer to hold something of this containment.
    void part(ContainmentId containment) {
        parts.add(containment);
    }

    /// The log tells something of this enforcer itself.
    void touchAll() {
        parts.touchAll();
    }

    /// Looks only when what is desired has changed.
    void lookIfChanged() {
        if (around.ledger().generation(name) != desired.generation()) {
            look();
        }
    }

    /// Takes the next step, if there is one to take now.
    void look() {
        if (ended || question.isOpen()) {
            return;
        }
        var before = desired.generation();
        var next = around.ledger().desired(name);
        parts.desired(desired, next);
        desired = next;
        if (pause.isOn() && desired.generation() == before) {
            tell();
            return;
        }
        wake();
        step();
        tell();
    }

    void end(String why) {
        ended = true;
        question.drop();
        wake();
        around.slots().leave(this);
        enforcer.close(why);
    }

    EnforcerStatus status() {
        return new EnforcerStatus(
                name,
                desired.generation(),
                knowledge.fence(),
                isAhead(),
                (int) knowledge.held().stream().filter(Lane::isInForce).count(),
                observedAt,
                attachedAt,
                heardAt,
                Troubles.sentence(isAhead() ? ahead() : trouble),
                strangers.seen());
    }

    private void step() {
        var next = knowledge.mustLook() ? Optional.<Directive>empty() : knowledge.lacking(desired);
        if (!knowledge.mustLook() && next.isEmpty()) {
            settled();
        } else if (!knowledge.mustLook() && isAhead()) {
            pause(ahead());
        } else if (around.slots().enter(this)) {
            next.ifPresentOrElse(this::apply, this::observe);
        }
    }

    /// Also while nothing is asked of it: whoever is asked next would find out too late.
    private boolean isAhead() {
        return knowledge.fence() > desired.generation();
    }

    private Trouble ahead() {
        return new Trouble.Ahead(knowledge.fence(), desired.generation());
    }

    private void apply(Directive directive) {
        strangers.dropping(directive.drops());
        knowledge.sent(directive);
        var since = around.clock().instant();
        ask(
                enforcer.apply(directive),
                new Receipt.Unknown("%s did not answer in time.".formatted(name)),
                receipt -> answered(directive, receipt, since));
    }

    private void observe() {
        ask(
                enforcer.observe(),
                new Unseen("%s did not answer in time.".formatted(name)),
                this::lookedAt);
    }

    private <T> void ask(CompletionStage<? extends T> asked, T otherwise, Consumer<T> then) {
        question.ask(
                asked,
                otherwise,
                answer -> {
                    then.accept(answer);
                    around.slots().leave(this);
                    look();
                });
    }

    private void answered(Directive directive, Receipt receipt, Instant since) {
        var took = Duration.between(since, around.clock().instant());
        directive.ids().forEach(parts::touch);
        around.listener().pushed(name, Troubles.outcome(receipt), took);
        switch (receipt) {
            case Receipt.Applied applied -> {
                heardNow();
                knowledge.applied(directive, applied);
                if (knowledge.leftOut(directive)) {
                    pause(new Trouble.Unanswered(Troubles.leftOut(name)));
                }
                refusedAt = knowledge.isPartial() ? heardAt : Instant.MAX;
            }
            case Receipt.Rejected rejected -> {
                heardNow();
                knowledge.rejected(directive, rejected);
                if (!rejected.isStale()) {
                    pause(new Trouble.Refusing(rejected.code(), rejected.sentence()));
                }
            }
            case Receipt.Unreachable(var sentence) -> {
                knowledge.unchanged(directive);
                pause(new Trouble.OutOfReach(sentence));
            }
            case Receipt.Unknown(var sentence) -> {
                knowledge.unanswered();
                pause(new Trouble.Unanswered(sentence));
            }
        }
    }

    private void lookedAt(Observation observation) {
        switch (observation) {
            case Seen seen -> {
                heardNow();
                observedAt = seen.at();
                knowledge.lookedAt(seen);
                parts.touchAll();
            }
            case Unseen(var sentence) -> pause(new Trouble.Unanswered(sentence));
        }
    }

    private void settled() {
        pause.forget();
        if (!(trouble instanceof Trouble.None)) {
            parts.touchAll();
        }
        trouble = new Trouble.None();
        around.slots().leave(this);
    }

    private void pause(Trouble why) {
        parts.touchAll();
        trouble = why;
        pause.begin(this::look);
        around.slots().leave(this);
    }

    private void wake() {
        if (pause.isOn()) {
            parts.touchAll();
        }
        pause.end();
    }

    private void tryAgainWhatIsDue() {
        var due = around.clock().instant().minus(around.settings().refusedAgain());
        if (knowledge.isPartial() && !refusedAt.isAfter(due)) {
            knowledge.tryAgain();
        }
    }

    private void tell() {
        var residents = around.ledger().residents(name);
        parts.tell(
                part ->
                        Truth.attached(
                                part,
                                desired.deny(part.containment()),
                                knowledge,
                                residents,
                                !pause.isOn(),
                                trouble),
                desired.generation());
    }

    private void onLine(Runnable what) {
        around.line()
                .execute(() -> {
                    if (!ended) {
                        heardNow();
                        what.run();
                    }
                });
    }

    private void heardNow() {
        heardAt = around.clock().instant();
    }

    private static boolean isInForce(Held held) {
        return held.state() == Held.State.HELD;
    }
}
