/* getaddrinfo of the C library that this is linked with. */
#include <netdb.h>
#include <stdio.h>
#include <sys/socket.h>

static void look_up(const char *name)
{
    struct addrinfo hints = { .ai_family = AF_UNSPEC, .ai_socktype = SOCK_STREAM };
    struct addrinfo *found = NULL;
    char text[64];
    int error = getaddrinfo(name, NULL, &hints, &found);

    if (error != 0 && error != EAI_NONAME && error != EAI_NODATA)
        printf("! %s\n", gai_strerror(error));
    for (struct addrinfo *each = error == 0 ? found : NULL; each != NULL; each = each->ai_next)
        if (getnameinfo(each->ai_addr, each->ai_addrlen, text, sizeof text, NULL, 0, NI_NUMERICHOST) == 0)
            puts(text);
    if (error == 0)
        freeaddrinfo(found);
}

int main(void)
{
    char type[8], name[256];

    while (scanf("%7s %255s", type, name) == 2) {
        look_up(name);
        puts("");
        fflush(stdout);
    }
    return 0;
}
