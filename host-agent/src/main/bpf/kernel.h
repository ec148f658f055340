/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What the program needs to know of the kernel, declared here so that it compiles
 * to the same bytes on every machine, with no kernel or libbpf headers installed.
 * Numbers and layouts are the kernel's stable user interface.
 */
#pragma once

typedef unsigned char u8;
typedef unsigned short u16;
typedef unsigned int u32;
typedef unsigned long long u64;

#define SECTION(name) __attribute__((section(name), used))
#define ALWAYS_INLINE static inline __attribute__((always_inline))

#define ntohs(x) __builtin_bswap16(x)
#define htonl(x) __builtin_bswap32(x)
#define be64(x) __builtin_bswap64(x)

enum { MAP_HASH = 1, MAP_ARRAY = 2, MAP_LPM_TRIE = 11 };
enum { F_NO_PREALLOC = 1, F_MMAPABLE = 1 << 10 };
enum { UPDATE_NOEXIST = 1 };
enum { FAMILY_V4 = 2, FAMILY_V6 = 10 };
enum { STATE_LISTEN = 10 };

/* Read by the loader from the "maps" section. */
struct map_definition {
    u32 type;
    u32 key_size;
    u32 value_size;
    u32 max_entries;
    u32 flags;
};

struct __sk_buff {
    u32 len;
    u32 to_protocol[3];
    u32 protocol;
    /* The rest is not read. */
};

struct bpf_sock {
    u32 to_state[17];
    u32 dst_ip6_tail[1];
    u32 state;
};

struct bpf_sock_addr {
    u32 user_family;
    u32 user_ip4;
    u32 user_ip6[4];
    u32 user_port;
    u32 family;
    u32 type;
    u32 protocol;
};

union tuple {
    struct {
        u32 remote, local;
        u16 remote_port, local_port;
    } v4;
    struct {
        u32 remote[4], local[4];
        u16 remote_port, local_port;
    } v6;
};

static void *(*const map_lookup)(void *map, const void *key) = (void *)1;
static long (*const map_update)(void *map, const void *key, const void *value, u64 flags) =
    (void *)2;
static long (*const load_bytes)(const void *skb, u32 offset, void *to, u32 len) = (void *)26;
static u64 (*const current_cgroup)(void) = (void *)80;
static u64 (*const skb_ancestor)(const void *skb, int level) = (void *)83;
static struct bpf_sock *(*const lookup_tcp)(void *ctx, union tuple *tuple, u32 size, u64 netns,
                                            u64 flags) = (void *)84;
static long (*const release_socket)(void *sock) = (void *)86;
static u64 (*const current_ancestor)(int level) = (void *)123;
static u64 (*const boot_ns)(void) = (void *)125;
