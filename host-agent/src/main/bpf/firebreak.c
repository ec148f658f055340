// SPDX-License-Identifier: Apache-2.0
/*
 * Timed denies, held by the kernel alone.
 *
 *   socket or task --cgroup--> subject --its shapes--> rule --references--> slot
 *
 * A subject (a cgroup) lists the shapes of rules that concern it, its ancestors' included, so
 * the deepest known ancestor is all that has to be found. A shape is a mask over peer, port and
 * protocol: one hash lookup each. A rule refers to slots; a slot is one deny: when it ends, in
 * boot time, and what it counted. A deny holds exactly while its slot's expiry lies ahead.
 *
 * A session has a service port: the port of the side that did not open it. View OPENED means the
 * subject opened it (the peer's port serves), view SERVED means the peer did (the subject's
 * port serves). Packets of both ways are judged by the service port, so replies are cut too.
 */
#include "kernel.h"

enum { LEVELS = 16, SHAPES = 32, REFS = 8, LIFELINES = 8, EXTENSIONS = 6 };
enum { VIEW_OPENED = 0, VIEW_SERVED = 1 };
enum { PASS = 1, DENY = 0 };
enum { ICMP = 1, TCP = 6, UDP = 17, ICMP6 = 58, MPTCP = 262 };
enum { FIRST_EPHEMERAL_BIT = 15 }; /* ports from 32768 on are handed out to clients */
/* The deny covers both directions and every port: who opened the session is of no matter. */
enum { SLOT_WHOLE = 1 };

struct address {
    u64 half[2]; /* network byte order; IPv4 as ::ffff:a.b.c.d */
};

struct config {
    u32 level_mask; /* bit n: some subject lives at cgroup level n */
    u32 epoch;      /* parity: which flow table is written */
    u64 generation; /* the fence; the kernel keeps it, user space reads it */
    u64 probe;      /* the cgroup of the agent's own probe, whose calls are no evidence; or 0 */
};

struct shape {
    struct address mask;
    u64 handle;
    u16 port_mask;    /* all ones, or zero */
    u8 protocol_mask; /* all ones, or zero */
    u8 prefix;
    u8 view;
    u8 exact_port;
    u16 pad;
};

struct subject {
    u32 count;
    u32 oriented; /* some rule reaches client ports: who opened a TCP session has to be found out */
    struct shape shapes[SHAPES];
};

struct rule_key {
    u64 handle;
    struct address peer;
    u16 port; /* host byte order; 0 where the shape leaves the port open */
    u8 protocol;
    u8 prefix;
    u8 view;
    u8 exact_port;
    u16 pad;
};

struct ref {
    u32 slot;
    u32 generation; /* 0: no more references */
    u16 from, to;
};

struct rule {
    struct ref refs[REFS];
};

struct slot {
    u64 expiry; /* boot time in ns; 0: not active */
    u32 generation;
    u32 flags;
    u8 deny[16];
    u64 packets, bytes; /* all that was denied */
    u64 lost;           /* of these, packets that found no room in the flow table */
    u64 pad;
};

struct lifeline_key {
    u32 prefix;
    u32 pad; /* zero on both sides: the first 32 bits of every prefix */
    struct address peer;
};

struct port_range {
    u16 from, to;
    u8 protocol; /* 0: any */
    u8 pad;
};

struct lifeline {
    u32 count;
    struct port_range ranges[LIFELINES];
};

struct flow_key {
    struct address peer;
    u32 slot, generation;
    u16 port;
    u8 protocol, view;
    u32 pad;
};

struct flow {
    u64 packets, bytes, first, last;
};

#define MAP(name, kind, key, value, entries, bits)                                                 \
    struct map_definition SECTION("maps") name = {kind, sizeof(key), sizeof(value), entries, bits}

MAP(config, MAP_ARRAY, u32, struct config, 1, F_MMAPABLE);
MAP(subjects, MAP_HASH, u64, struct subject, 8192, F_NO_PREALLOC);
MAP(rules, MAP_HASH, struct rule_key, struct rule, 262144, F_NO_PREALLOC);
MAP(slots, MAP_ARRAY, u32, struct slot, 65536, F_MMAPABLE);
MAP(lifelines, MAP_LPM_TRIE, struct lifeline_key, struct lifeline, 4096, F_NO_PREALLOC);
MAP(flows_even, MAP_HASH, struct flow_key, struct flow, 16384, 0);
MAP(flows_odd, MAP_HASH, struct flow_key, struct flow, 16384, 0);

/* What is judged, seen from the subject. */
struct packet {
    struct address remote, local;
    u16 remote_port, local_port;
    u8 protocol;
    u8 egress;
    u8 views;   /* which views this session can have, as bits */
    u8 opening; /* TCP: SYN or SYN+ACK, so the packet itself says who opened */
    u8 reset;   /* TCP: RST without payload; ends a session, carries nothing */
    u8 family_v6;
    u32 len;
};

#define V4_MARK be64(0x0000ffff00000000ULL)

ALWAYS_INLINE struct address from_v4(u32 v4)
{
    struct address a = {{0, V4_MARK | ((u64)v4 << 32)}};
    return a;
}

/* A listener on the local port means that the peer opened this session. */
ALWAYS_INLINE int served_here(void *ctx, const struct packet *p)
{
    union tuple t = {};
    u32 size;
    if (p->family_v6) {
        __builtin_memcpy(t.v6.remote, &p->remote, 16);
        __builtin_memcpy(t.v6.local, &p->local, 16);
        t.v6.local_port = ntohs(p->local_port);
        size = sizeof(t.v6);
    } else {
        t.v4.remote = p->remote.half[1] >> 32;
        t.v4.local = p->local.half[1] >> 32;
        t.v4.local_port = ntohs(p->local_port);
        size = sizeof(t.v4);
    }
    struct bpf_sock *sk = lookup_tcp(ctx, &t, size, (u64)-1, 0);
    if (!sk)
        return 0;
    int listens = sk->state == STATE_LISTEN;
    release_socket(sk);
    return listens;
}

ALWAYS_INLINE int protected(const struct packet *p, u16 port)
{
    struct lifeline_key key = {160, 0, p->remote};
    struct lifeline *l = map_lookup(&lifelines, &key);
    if (!l)
        return 0;
    for (int i = 0; i < LIFELINES; i++) {
        if (i >= l->count)
            break;
        struct port_range *r = &l->ranges[i];
        if ((r->protocol == 0 || r->protocol == p->protocol) && port >= r->from && port <= r->to)
            return 1;
    }
    return 0;
}

ALWAYS_INLINE void count(struct slot *slot, const struct ref *ref, const struct packet *p,
                         u16 port, u8 view, u32 epoch, u64 now)
{
    struct flow_key key = {p->remote, ref->slot, ref->generation, port, p->protocol, view, 0};
    __sync_fetch_and_add(&slot->packets, 1);
    __sync_fetch_and_add(&slot->bytes, p->len);
    struct flow *known = (epoch & 1) ? map_lookup(&flows_odd, &key) : map_lookup(&flows_even, &key);
    if (!known) {
        struct flow first = {1, p->len, now, now};
        long failed = (epoch & 1) ? map_update(&flows_odd, &key, &first, UPDATE_NOEXIST)
                                  : map_update(&flows_even, &key, &first, UPDATE_NOEXIST);
        if (!failed)
            return;
        known = (epoch & 1) ? map_lookup(&flows_odd, &key) : map_lookup(&flows_even, &key);
    }
    if (!known) {
        __sync_fetch_and_add(&slot->lost, 1);
        return;
    }
    __sync_fetch_and_add(&known->packets, 1);
    __sync_fetch_and_add(&known->bytes, p->len);
    known->last = now;
}

struct hit {
    struct slot *slot;
    struct ref *ref;
    u64 now;
    u16 port;
    u8 view;
};

/* The first deny that holds for this packet; what follows from it is decided outside the loops. */
ALWAYS_INLINE void find(struct subject *subject, const struct packet *p, int calls, struct hit *hit)
{
    for (int i = 0; i < SHAPES; i++) {
        if (i >= subject->count)
            return;
        struct shape *s = &subject->shapes[i];
        u8 view = s->view;
        /* Selected without a branch: each would double what the verifier has to walk. */
        u16 port = p->remote_port ^ ((p->remote_port ^ p->local_port) & -(u32)view);
        struct rule_key key = {};
        key.handle = s->handle;
        key.peer.half[0] = p->remote.half[0] & s->mask.half[0];
        key.peer.half[1] = p->remote.half[1] & s->mask.half[1];
        key.port = port & s->port_mask;
        key.protocol = p->protocol & s->protocol_mask;
        key.prefix = s->prefix;
        key.view = view;
        key.exact_port = s->exact_port;
        struct rule *rule = map_lookup(&rules, &key);
        if (!rule)
            continue;
        u64 now = boot_ns();
        for (int r = 0; r < REFS; r++) {
            struct ref *ref = &rule->refs[r];
            if (!ref->generation)
                break;
            u32 index = ref->slot;
            struct slot *slot = map_lookup(&slots, &index);
            if (!slot)
                continue;
            u64 from = ref->from, to = ref->to;
            /* Sign bits instead of branches, as above. */
            u64 out_of_range = ((u64)port - from | to - (u64)port) >> 63;
            u64 other = slot->generation ^ ref->generation;
            u64 lapsed = (*(volatile u64 *)&slot->expiry - 1 - now) >> 63;
            /* A port below the client ports tells by itself who opened. */
            u64 matters = calls ? 1 : to >> FIRST_EPHEMERAL_BIT & ~slot->flags & SLOT_WHOLE;
            u64 other_view = matters & ~((u64)p->views >> view);
            if (out_of_range | other | lapsed | other_view)
                continue;
            hit->slot = slot;
            hit->ref = ref;
            hit->now = now;
            hit->port = port;
            hit->view = view;
            return;
        }
    }
}

ALWAYS_INLINE int judge(const struct config *c, struct subject *subject, const struct packet *p,
                        int calls)
{
    struct hit hit = {};
    find(subject, p, calls, &hit);
    if (!hit.slot || !hit.ref)
        return PASS;
    if (!calls && p->reset)
        return PASS;
    if (protected(p, hit.port))
        return PASS;
    if (!calls || !c->probe || current_cgroup() != c->probe)
        count(hit.slot, hit.ref, p, hit.port, hit.view, c->epoch, hit.now);
    return DENY;
}

/*
 * Adds a zero that the verifier cannot know to be one. Otherwise it would walk the loops of judge
 * again for every way a packet can be parsed, and run out of patience.
 */
#define UNKNOWN_ZERO(field) (*(volatile u32 *)&(field) ^ *(volatile u32 *)&(field))

ALWAYS_INLINE void blur(struct packet *p, u32 zero)
{
    p->remote.half[0] |= zero;
    p->remote.half[1] |= zero;
    p->remote_port |= zero;
    p->local_port |= zero;
    p->protocol |= zero;
    p->views |= zero;
    p->reset |= zero;
}

/* ---- packets ---- */

struct ports {
    u16 source, destination;
};

/* Neighbour discovery keeps the link alive; it reaches no further than the link. */
ALWAYS_INLINE int is_neighbour_discovery(u8 type)
{
    return type >= 133 && type <= 137;
}

ALWAYS_INLINE int parse_transport(struct __sk_buff *skb, u32 offset, struct packet *p)
{
    if (p->protocol == ICMP6) {
        u8 type = 0;
        load_bytes(skb, offset, &type, 1);
        p->protocol = ICMP;
        return is_neighbour_discovery(type) ? PASS : DENY;
    }
    if (p->protocol != TCP && p->protocol != UDP)
        return DENY;
    struct ports ports = {};
    if (load_bytes(skb, offset, &ports, sizeof(ports)))
        return DENY;
    p->remote_port = ntohs(p->egress ? ports.destination : ports.source);
    p->local_port = ntohs(p->egress ? ports.source : ports.destination);
    if (p->protocol == TCP) {
        u8 head[2] = {};
        load_bytes(skb, offset + 12, head, sizeof(head));
        u8 syn = head[1] & 2, ack = head[1] & 16, rst = head[1] & 4;
        int opened = p->egress ? !ack : ack != 0;
        p->opening = syn != 0;
        if (syn)
            p->views = opened ? 1 << VIEW_OPENED : 1 << VIEW_SERVED;
        p->reset = rst && p->len <= offset + (head[0] >> 4) * 4;
    }
    return DENY;
}

ALWAYS_INLINE int parse_v4(struct __sk_buff *skb, struct packet *p)
{
    struct {
        u8 version_length, service;
        u16 length, id, fragment;
        u8 ttl, protocol;
        u16 checksum;
        u32 source, destination;
    } ip = {};
    if (load_bytes(skb, 0, &ip, sizeof(ip)))
        return DENY;
    p->remote = from_v4(p->egress ? ip.destination : ip.source);
    p->local = from_v4(p->egress ? ip.source : ip.destination);
    p->protocol = ip.protocol;
    /* Only the first fragment carries ports. */
    if (ntohs(ip.fragment) & 0x1fff)
        return DENY;
    return parse_transport(skb, (ip.version_length & 15) * 4, p);
}

ALWAYS_INLINE int parse_v6(struct __sk_buff *skb, struct packet *p)
{
    struct {
        u32 version;
        u16 length;
        u8 next, hops;
        struct address source, destination;
    } ip = {};
    if (load_bytes(skb, 0, &ip, sizeof(ip)))
        return DENY;
    p->family_v6 = 1;
    p->remote = p->egress ? ip.destination : ip.source;
    p->local = p->egress ? ip.source : ip.destination;
    u32 offset = sizeof(ip);
    u8 next = ip.next;
    for (int i = 0; i < EXTENSIONS; i++) {
        u8 head[4] = {};
        if (next != 0 && next != 43 && next != 44 && next != 51 && next != 60)
            break;
        if (load_bytes(skb, offset, head, sizeof(head)))
            return DENY;
        if (next == 44 && ((head[2] << 8 | head[3]) & 0xfff8)) {
            p->protocol = head[0];
            return DENY;
        }
        offset += next == 44 ? 8 : next == 51 ? (head[1] + 2) * 4 : (head[1] + 1) * 8;
        next = head[0];
    }
    p->protocol = next;
    return parse_transport(skb, offset, p);
}

ALWAYS_INLINE int filter(struct __sk_buff *skb, int egress)
{
    u32 zero = 0;
    struct config *c = map_lookup(&config, &zero);
    if (!c)
        return PASS;
    u32 mask = c->level_mask;
    if (!mask)
        return PASS;
    struct subject *subject = 0;
    for (int level = LEVELS - 1; level >= 0; level--) {
        if (!(mask & (1u << level)))
            continue;
        u64 id = skb_ancestor(skb, level);
        if (!id)
            continue;
        subject = map_lookup(&subjects, &id);
        if (subject)
            break;
    }
    if (!subject)
        return PASS;
    struct packet p = {};
    p.views = 1 << VIEW_OPENED | 1 << VIEW_SERVED;
    p.egress = egress;
    p.len = skb->len;
    int housekeeping;
    if (skb->protocol == ntohs(0x0800))
        housekeeping = parse_v4(skb, &p);
    else if (skb->protocol == ntohs(0x86dd))
        housekeeping = parse_v6(skb, &p);
    else
        return PASS;
    if (housekeeping)
        return PASS;
    if (subject->oriented && p.protocol == TCP && !p.opening)
        p.views = served_here(skb, &p) ? 1 << VIEW_SERVED : 1 << VIEW_OPENED;
    blur(&p, UNKNOWN_ZERO(skb->len));
    return judge(c, subject, &p, 0);
}

SECTION("cgroup_skb/egress") int packet_out(struct __sk_buff *skb)
{
    return filter(skb, 1);
}

SECTION("cgroup_skb/ingress") int packet_in(struct __sk_buff *skb)
{
    return filter(skb, 0);
}

/* ---- calls: the same verdict at once, as EPERM ---- */

ALWAYS_INLINE int call(struct bpf_sock_addr *ctx, const struct address *peer)
{
    u32 zero = 0;
    struct config *c = map_lookup(&config, &zero);
    if (!c)
        return PASS;
    u32 mask = c->level_mask;
    if (!mask)
        return PASS;
    struct subject *subject = 0;
    for (int level = LEVELS - 1; level >= 0; level--) {
        if (!(mask & (1u << level)))
            continue;
        u64 id = current_ancestor(level);
        if (!id)
            continue;
        subject = map_lookup(&subjects, &id);
        if (subject)
            break;
    }
    if (!subject)
        return PASS;
    struct packet p = {};
    u32 protocol = ctx->protocol;
    p.remote = *peer;
    p.remote_port = ntohs((u16)ctx->user_port);
    p.protocol = protocol == ICMP6 ? ICMP : protocol == MPTCP ? TCP : protocol;
    p.egress = 1;
    p.views = 1 << VIEW_OPENED;
    blur(&p, UNKNOWN_ZERO(ctx->type));
    return judge(c, subject, &p, 1);
}

/* Linux takes "any address" as the loopback when it is a destination. */
ALWAYS_INLINE int call_v4(struct bpf_sock_addr *ctx)
{
    u32 v4 = ctx->user_ip4;
    struct address peer = from_v4(v4 ? v4 : htonl(0x7f000001));
    return call(ctx, &peer);
}

ALWAYS_INLINE int call_v6(struct bpf_sock_addr *ctx)
{
    u32 a = ctx->user_ip6[0], b = ctx->user_ip6[1], c = ctx->user_ip6[2], d = ctx->user_ip6[3];
    struct address peer = {{(u64)b << 32 | a, (u64)d << 32 | c}};
    if (peer.half[0] == 0 && peer.half[1] == 0)
        peer.half[1] = be64(1);
    else if (peer.half[0] == 0 && peer.half[1] == V4_MARK)
        peer = from_v4(htonl(0x7f000001));
    return call(ctx, &peer);
}

SECTION("cgroup/connect4") int connect_v4(struct bpf_sock_addr *ctx)
{
    return call_v4(ctx);
}

SECTION("cgroup/connect6") int connect_v6(struct bpf_sock_addr *ctx)
{
    return call_v6(ctx);
}

SECTION("cgroup/sendmsg4") int send_v4(struct bpf_sock_addr *ctx)
{
    return call_v4(ctx);
}

SECTION("cgroup/sendmsg6") int send_v6(struct bpf_sock_addr *ctx)
{
    return call_v6(ctx);
}

SECTION("license") char program_license[] = "Apache-2.0";
