package dev.firebreak.commandside.responder;

import org.axonframework.config.AggregateConfigurer;

/// How this package's aggregate is put into Axon.
public final class AccountShell {

    private AccountShell() {}

    public static AggregateConfigurer<?> aggregate() {
        return AggregateConfigurer.defaultConfiguration(AccountAggregate.class)
                .configureCreationPolicyAggregateFactory(
                        _ -> stream -> new AccountAggregate(String.valueOf(stream)));
    }
}
