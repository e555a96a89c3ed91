terraform {
  required_providers {
    covey = {
      source = "registry.terraform.io/covey/covey"
    }
  }
}

# Resources name their cluster themselves; nothing needs to be configured.
provider "covey" {}

resource "covey_cluster" "hello" {
  name   = "hello"
  voters = { a = "10.0.0.11" }
}

resource "covey_node" "a" {
  name    = "a"
  cluster = covey_cluster.hello.join_key
  local   = {}
}

resource "covey_service" "web" {
  name    = "web"
  cluster = covey_cluster.hello.access_key
  image   = "nginx:1.27"
  ports   = [{ name = "http", container_port = 80 }]

  depends_on = [covey_node.a]
}
