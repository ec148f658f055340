package dev.firebreak.eventlog.term;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.regex.Pattern;

/// A set of things on the network, named by what they are and not by where they happen to run. The
/// text form is the same in Slack, on the CLI, in REST and in the log.
public sealed interface Scope {

    record Workload(WorkloadName name) implements Scope {
        @Override
        public String toString() {
            return "workload/" + name;
        }
    }

    record Host(HostName host) implements Scope {
        @Override
        public String toString() {
            return "host/" + host;
        }
    }

    record Labelled(Labels labels) implements Scope {
        public Labelled {
            if (labels.values().isEmpty()) {
                throw new InvalidTerm(
                        "A label scope names at least one label: label/team=payments.");
            }
        }

        @Override
        public String toString() {
            return "label/" + labels;
        }
    }

    record Env(Environment environment) implements Scope {
        @Override
        public String toString() {
            return "env/" + environment;
        }
    }

    record OfTenant(Tenant tenant) implements Scope {
        @Override
        public String toString() {
            return "tenant/" + tenant;
        }
    }

    record Cidr(CidrBlock block) implements Scope {
        public Cidr {
            if (block.isEverything()) {
                throw new InvalidTerm(
                        block + " is everything; leave the scope out where you mean everyone.");
            }
        }

        @Override
        public String toString() {
            return "cidr/" + block;
        }
    }

    record SecurityGroup(String id) implements Scope {
        private static final Pattern ID = Pattern.compile("sg-[0-9a-f]{1,17}");

        public SecurityGroup {
            if (!ID.matcher(id).matches()) {
                throw new InvalidTerm(
                        "'%s' is not a security group: write sg/sg-0a1b2c."
                                .formatted(Words.printable(id)));
            }
        }

        @Override
        public String toString() {
            return "sg/" + id;
        }
    }

    record DatabaseRole(String role) implements Scope {
        public DatabaseRole {
            Words.name("database role", role);
        }

        @Override
        public String toString() {
            return "db/" + role;
        }
    }

    /// The text form; [#parse] reads it back.
    @Override
    @JsonValue
    String toString();

    /// Reads `NS/NAME`, `workload/NS/NAME`, `host/NAME`, `label/k=v,k=v`, `env/NAME`,
    /// `tenant/NAME`, `cidr/10.0.0.0/24`, `sg/sg-0a1` or `db/ROLE`.
    @JsonCreator
    static Scope parse(String text) {
        var slash = text.indexOf('/');
        if (CidrBlock.isMeant(text)) {
            throw new InvalidTerm(
                    "'%s' is an address: write cidr/%s."
                            .formatted(Words.printable(text), CidrBlock.parse(text).value()));
        }
        if (slash < 0 || ScopeKinds.hasOtherSign(text.substring(0, slash))) {
            throw notAScope(text);
        }
        var rest = text.substring(slash + 1);
        return switch (text.substring(0, slash)) {
            case "workload" -> new Workload(WorkloadName.parse(rest));
            case "host" -> new Host(new HostName(rest));
            case "label" -> new Labelled(Labels.parse(rest));
            case "env" -> new Env(new Environment(rest));
            case "tenant" -> new OfTenant(new Tenant(rest));
            case "cidr" -> new Cidr(CidrBlock.parse(rest));
            case "sg" -> new SecurityGroup(rest);
            case "db" -> new DatabaseRole(rest);
            default -> new Workload(WorkloadName.parse(text));
        };
    }

    private static InvalidTerm notAScope(String text) {
        var meant =
                ScopeKinds.meant(text)
                        .map(each -> " (did you mean %s?)".formatted(Words.printable(each)))
                        .orElse("");
        return new InvalidTerm(
                ("'%s' is not a scope%s: write NAMESPACE/NAME, host/NAME, label/k=v, env/NAME,"
                                + " tenant/NAME, cidr/BLOCK, sg/ID or db/ROLE.")
                        .formatted(Words.printable(text), meant));
    }
}
