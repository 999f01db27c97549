// Made by `npm run generate` from spec/ucp.openapi.yaml. Do not edit.
"use strict";
export const validateCheckoutCreate = validate21;
const schema6 = {"type":"object","properties":{"line_items":{"$ref":"LineItems"},"cart_id":{"type":"string"},"buyer":{"$ref":"Buyer"},"context":{"$ref":"Context"},"signals":{"type":"object"},"attribution":{"type":"object"},"fulfillment":{"$ref":"Fulfillment"},"discounts":{"$ref":"Discounts"}},"x-null-is-absent":["line_items","cart_id","buyer","context","signals","attribution","fulfillment","discounts"],"$id":"CheckoutCreate"};
const schema7 = {"type":"array","maxItems":85,"items":{"type":"object","required":["item","quantity"],"properties":{"id":{"type":"string"},"item":{"type":"object","required":["id"],"properties":{"id":{"type":"string"}}},"quantity":{"type":"integer","minimum":1,"maximum":10000}},"x-null-is-absent":["id"]},"$id":"LineItems"};

function validate22(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
/*# sourceURL="LineItems" */;
let vErrors = null;
let errors = 0;
if(errors === 0){
if(Array.isArray(data)){
if(data.length > 85){
validate22.errors = [{instancePath,keyword:"maxItems",params:{limit: 85}}];
return false;
}
else {
var valid0 = true;
const len0 = data.length;
for(let i0=0; i0<len0; i0++){
let data0 = data[i0];
const _errs1 = errors;
if(data0 && typeof data0 == "object" && !Array.isArray(data0)){
if(data0.id === null){
delete data0.id;
}
}
if(errors === _errs1){
if(data0 && typeof data0 == "object" && !Array.isArray(data0)){
let missing0;
if(((data0.item === undefined) && (missing0 = "item")) || ((data0.quantity === undefined) && (missing0 = "quantity"))){
validate22.errors = [{instancePath:instancePath+"/" + i0,keyword:"required",params:{missingProperty: missing0}}];
return false;
}
else {
if(data0.id !== undefined){
const _errs3 = errors;
if(typeof data0.id !== "string"){
validate22.errors = [{instancePath:instancePath+"/" + i0+"/id",keyword:"type",params:{type: "string"}}];
return false;
}
var valid1 = _errs3 === errors;
}
else {
var valid1 = true;
}
if(valid1){
if(data0.item !== undefined){
let data2 = data0.item;
const _errs5 = errors;
if(errors === _errs5){
if(data2 && typeof data2 == "object" && !Array.isArray(data2)){
let missing1;
if((data2.id === undefined) && (missing1 = "id")){
validate22.errors = [{instancePath:instancePath+"/" + i0+"/item",keyword:"required",params:{missingProperty: missing1}}];
return false;
}
else {
if(data2.id !== undefined){
if(typeof data2.id !== "string"){
validate22.errors = [{instancePath:instancePath+"/" + i0+"/item/id",keyword:"type",params:{type: "string"}}];
return false;
}
}
}
}
else {
validate22.errors = [{instancePath:instancePath+"/" + i0+"/item",keyword:"type",params:{type: "object"}}];
return false;
}
}
var valid1 = _errs5 === errors;
}
else {
var valid1 = true;
}
if(valid1){
if(data0.quantity !== undefined){
let data4 = data0.quantity;
const _errs9 = errors;
if(!(((typeof data4 == "number") && (!(data4 % 1) && !isNaN(data4))) && (isFinite(data4)))){
validate22.errors = [{instancePath:instancePath+"/" + i0+"/quantity",keyword:"type",params:{type: "integer"}}];
return false;
}
if(errors === _errs9){
if((typeof data4 == "number") && (isFinite(data4))){
if(data4 > 10000 || isNaN(data4)){
validate22.errors = [{instancePath:instancePath+"/" + i0+"/quantity",keyword:"maximum",params:{comparison: "<=", limit: 10000}}];
return false;
}
else {
if(data4 < 1 || isNaN(data4)){
validate22.errors = [{instancePath:instancePath+"/" + i0+"/quantity",keyword:"minimum",params:{comparison: ">=", limit: 1}}];
return false;
}
}
}
}
var valid1 = _errs9 === errors;
}
else {
var valid1 = true;
}
}
}
}
}
else {
validate22.errors = [{instancePath:instancePath+"/" + i0,keyword:"type",params:{type: "object"}}];
return false;
}
}
var valid0 = _errs1 === errors;
if(!valid0){
break;
}
}
}
}
else {
validate22.errors = [{instancePath,keyword:"type",params:{type: "array"}}];
return false;
}
}
validate22.errors = vErrors;
return errors === 0;
}

const schema8 = {"type":"object","properties":{"first_name":{"type":"string"},"last_name":{"type":"string"},"email":{"type":"string"},"phone_number":{"type":"string"},"consent":{"type":"object","properties":{"analytics":{"type":"boolean"},"preferences":{"type":"boolean"},"marketing":{"type":"boolean"},"sale_of_data":{"type":"boolean"}},"x-null-is-absent":["analytics","preferences","marketing","sale_of_data"]}},"x-null-is-absent":["first_name","last_name","email","phone_number","consent"],"$id":"Buyer"};

function validate24(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
/*# sourceURL="Buyer" */;
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.first_name === null){
delete data.first_name;
}
if(data.last_name === null){
delete data.last_name;
}
if(data.email === null){
delete data.email;
}
if(data.phone_number === null){
delete data.phone_number;
}
if(data.consent === null){
delete data.consent;
}
}
if(errors === 0){
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.first_name !== undefined){
const _errs1 = errors;
if(typeof data.first_name !== "string"){
validate24.errors = [{instancePath:instancePath+"/first_name",keyword:"type",params:{type: "string"}}];
return false;
}
var valid0 = _errs1 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.last_name !== undefined){
const _errs3 = errors;
if(typeof data.last_name !== "string"){
validate24.errors = [{instancePath:instancePath+"/last_name",keyword:"type",params:{type: "string"}}];
return false;
}
var valid0 = _errs3 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.email !== undefined){
const _errs5 = errors;
if(typeof data.email !== "string"){
validate24.errors = [{instancePath:instancePath+"/email",keyword:"type",params:{type: "string"}}];
return false;
}
var valid0 = _errs5 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.phone_number !== undefined){
const _errs7 = errors;
if(typeof data.phone_number !== "string"){
validate24.errors = [{instancePath:instancePath+"/phone_number",keyword:"type",params:{type: "string"}}];
return false;
}
var valid0 = _errs7 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.consent !== undefined){
let data4 = data.consent;
const _errs9 = errors;
if(data4 && typeof data4 == "object" && !Array.isArray(data4)){
if(data4.analytics === null){
delete data4.analytics;
}
if(data4.preferences === null){
delete data4.preferences;
}
if(data4.marketing === null){
delete data4.marketing;
}
if(data4.sale_of_data === null){
delete data4.sale_of_data;
}
}
if(errors === _errs9){
if(data4 && typeof data4 == "object" && !Array.isArray(data4)){
if(data4.analytics !== undefined){
const _errs11 = errors;
if(typeof data4.analytics !== "boolean"){
validate24.errors = [{instancePath:instancePath+"/consent/analytics",keyword:"type",params:{type: "boolean"}}];
return false;
}
var valid1 = _errs11 === errors;
}
else {
var valid1 = true;
}
if(valid1){
if(data4.preferences !== undefined){
const _errs13 = errors;
if(typeof data4.preferences !== "boolean"){
validate24.errors = [{instancePath:instancePath+"/consent/preferences",keyword:"type",params:{type: "boolean"}}];
return false;
}
var valid1 = _errs13 === errors;
}
else {
var valid1 = true;
}
if(valid1){
if(data4.marketing !== undefined){
const _errs15 = errors;
if(typeof data4.marketing !== "boolean"){
validate24.errors = [{instancePath:instancePath+"/consent/marketing",keyword:"type",params:{type: "boolean"}}];
return false;
}
var valid1 = _errs15 === errors;
}
else {
var valid1 = true;
}
if(valid1){
if(data4.sale_of_data !== undefined){
const _errs17 = errors;
if(typeof data4.sale_of_data !== "boolean"){
validate24.errors = [{instancePath:instancePath+"/consent/sale_of_data",keyword:"type",params:{type: "boolean"}}];
return false;
}
var valid1 = _errs17 === errors;
}
else {
var valid1 = true;
}
}
}
}
}
else {
validate24.errors = [{instancePath:instancePath+"/consent",keyword:"type",params:{type: "object"}}];
return false;
}
}
var valid0 = _errs9 === errors;
}
else {
var valid0 = true;
}
}
}
}
}
}
else {
validate24.errors = [{instancePath,keyword:"type",params:{type: "object"}}];
return false;
}
}
validate24.errors = vErrors;
return errors === 0;
}

const schema9 = {"type":"object","properties":{"address_country":{"type":"string"},"address_region":{"type":"string"},"postal_code":{"type":"string"},"language":{"type":"string"},"currency":{"type":"string"}},"x-null-is-absent":["address_country","address_region","postal_code","language","currency"],"$id":"Context"};

function validate26(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
/*# sourceURL="Context" */;
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.address_country === null){
delete data.address_country;
}
if(data.address_region === null){
delete data.address_region;
}
if(data.postal_code === null){
delete data.postal_code;
}
if(data.language === null){
delete data.language;
}
if(data.currency === null){
delete data.currency;
}
}
if(errors === 0){
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.address_country !== undefined){
const _errs1 = errors;
if(typeof data.address_country !== "string"){
validate26.errors = [{instancePath:instancePath+"/address_country",keyword:"type",params:{type: "string"}}];
return false;
}
var valid0 = _errs1 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.address_region !== undefined){
const _errs3 = errors;
if(typeof data.address_region !== "string"){
validate26.errors = [{instancePath:instancePath+"/address_region",keyword:"type",params:{type: "string"}}];
return false;
}
var valid0 = _errs3 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.postal_code !== undefined){
const _errs5 = errors;
if(typeof data.postal_code !== "string"){
validate26.errors = [{instancePath:instancePath+"/postal_code",keyword:"type",params:{type: "string"}}];
return false;
}
var valid0 = _errs5 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.language !== undefined){
const _errs7 = errors;
if(typeof data.language !== "string"){
validate26.errors = [{instancePath:instancePath+"/language",keyword:"type",params:{type: "string"}}];
return false;
}
var valid0 = _errs7 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.currency !== undefined){
const _errs9 = errors;
if(typeof data.currency !== "string"){
validate26.errors = [{instancePath:instancePath+"/currency",keyword:"type",params:{type: "string"}}];
return false;
}
var valid0 = _errs9 === errors;
}
else {
var valid0 = true;
}
}
}
}
}
}
else {
validate26.errors = [{instancePath,keyword:"type",params:{type: "object"}}];
return false;
}
}
validate26.errors = vErrors;
return errors === 0;
}

const schema10 = {"type":"object","properties":{"methods":{"type":"array","maxItems":20,"items":{"$ref":"FulfillmentMethod"}}},"x-null-is-absent":["methods"],"$id":"Fulfillment"};
const schema11 = {"type":"object","properties":{"id":{"type":"string"},"type":{"type":"string"},"line_item_ids":{"type":"array","items":{"type":"string"}},"destinations":{"type":"array","items":{"$ref":"Destination"}},"selected_destination_id":{"type":["string","null"]},"groups":{"type":"array","items":{"type":"object","properties":{"id":{"type":"string"},"selected_option_id":{"type":["string","null"]}},"x-null-is-absent":["id"]}}},"x-null-is-absent":["id","type","line_item_ids","destinations","groups"],"$id":"FulfillmentMethod"};
const schema12 = {"allOf":[{"$ref":"PostalAddress"},{"type":"object","properties":{"id":{"type":"string"}},"x-null-is-absent":["id"]}],"$id":"Destination"};
const schema13 = {"type":"object","properties":{"first_name":{"type":"string"},"last_name":{"type":"string"},"phone_number":{"type":"string"},"street_address":{"type":"string"},"extended_address":{"type":"string"},"address_locality":{"type":"string"},"address_region":{"type":"string"},"address_country":{"type":"string"},"postal_code":{"type":"string"}},"x-null-is-absent":["first_name","last_name","phone_number","street_address","extended_address","address_locality","address_region","address_country","postal_code"],"$id":"PostalAddress"};

function validate31(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
/*# sourceURL="PostalAddress" */;
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.first_name === null){
delete data.first_name;
}
if(data.last_name === null){
delete data.last_name;
}
if(data.phone_number === null){
delete data.phone_number;
}
if(data.street_address === null){
delete data.street_address;
}
if(data.extended_address === null){
delete data.extended_address;
}
if(data.address_locality === null){
delete data.address_locality;
}
if(data.address_region === null){
delete data.address_region;
}
if(data.address_country === null){
delete data.address_country;
}
if(data.postal_code === null){
delete data.postal_code;
}
}
if(errors === 0){
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.first_name !== undefined){
const _errs1 = errors;
if(typeof data.first_name !== "string"){
validate31.errors = [{instancePath:instancePath+"/first_name",keyword:"type",params:{type: "string"}}];
return false;
}
var valid0 = _errs1 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.last_name !== undefined){
const _errs3 = errors;
if(typeof data.last_name !== "string"){
validate31.errors = [{instancePath:instancePath+"/last_name",keyword:"type",params:{type: "string"}}];
return false;
}
var valid0 = _errs3 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.phone_number !== undefined){
const _errs5 = errors;
if(typeof data.phone_number !== "string"){
validate31.errors = [{instancePath:instancePath+"/phone_number",keyword:"type",params:{type: "string"}}];
return false;
}
var valid0 = _errs5 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.street_address !== undefined){
const _errs7 = errors;
if(typeof data.street_address !== "string"){
validate31.errors = [{instancePath:instancePath+"/street_address",keyword:"type",params:{type: "string"}}];
return false;
}
var valid0 = _errs7 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.extended_address !== undefined){
const _errs9 = errors;
if(typeof data.extended_address !== "string"){
validate31.errors = [{instancePath:instancePath+"/extended_address",keyword:"type",params:{type: "string"}}];
return false;
}
var valid0 = _errs9 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.address_locality !== undefined){
const _errs11 = errors;
if(typeof data.address_locality !== "string"){
validate31.errors = [{instancePath:instancePath+"/address_locality",keyword:"type",params:{type: "string"}}];
return false;
}
var valid0 = _errs11 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.address_region !== undefined){
const _errs13 = errors;
if(typeof data.address_region !== "string"){
validate31.errors = [{instancePath:instancePath+"/address_region",keyword:"type",params:{type: "string"}}];
return false;
}
var valid0 = _errs13 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.address_country !== undefined){
const _errs15 = errors;
if(typeof data.address_country !== "string"){
validate31.errors = [{instancePath:instancePath+"/address_country",keyword:"type",params:{type: "string"}}];
return false;
}
var valid0 = _errs15 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.postal_code !== undefined){
const _errs17 = errors;
if(typeof data.postal_code !== "string"){
validate31.errors = [{instancePath:instancePath+"/postal_code",keyword:"type",params:{type: "string"}}];
return false;
}
var valid0 = _errs17 === errors;
}
else {
var valid0 = true;
}
}
}
}
}
}
}
}
}
}
else {
validate31.errors = [{instancePath,keyword:"type",params:{type: "object"}}];
return false;
}
}
validate31.errors = vErrors;
return errors === 0;
}


function validate30(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
/*# sourceURL="Destination" */;
let vErrors = null;
let errors = 0;
const _errs0 = errors;
if(!(validate31(data, {instancePath,parentData,parentDataProperty,rootData}))){
vErrors ??= [];
for (const error of validate31.errors) vErrors.push(error);
errors = vErrors.length;
}
var valid0 = _errs0 === errors;
if(valid0){
const _errs1 = errors;
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.id === null){
delete data.id;
}
}
if(errors === _errs1){
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.id !== undefined){
if(typeof data.id !== "string"){
validate30.errors = [{instancePath:instancePath+"/id",keyword:"type",params:{type: "string"}}];
return false;
}
}
}
else {
validate30.errors = [{instancePath,keyword:"type",params:{type: "object"}}];
return false;
}
}
var valid0 = _errs1 === errors;
}
validate30.errors = vErrors;
return errors === 0;
}


function validate29(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
/*# sourceURL="FulfillmentMethod" */;
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.id === null){
delete data.id;
}
if(data.type === null){
delete data.type;
}
if(data.line_item_ids === null){
delete data.line_item_ids;
}
if(data.destinations === null){
delete data.destinations;
}
if(data.groups === null){
delete data.groups;
}
}
if(errors === 0){
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.id !== undefined){
const _errs1 = errors;
if(typeof data.id !== "string"){
validate29.errors = [{instancePath:instancePath+"/id",keyword:"type",params:{type: "string"}}];
return false;
}
var valid0 = _errs1 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.type !== undefined){
const _errs3 = errors;
if(typeof data.type !== "string"){
validate29.errors = [{instancePath:instancePath+"/type",keyword:"type",params:{type: "string"}}];
return false;
}
var valid0 = _errs3 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.line_item_ids !== undefined){
let data2 = data.line_item_ids;
const _errs5 = errors;
if(errors === _errs5){
if(Array.isArray(data2)){
var valid1 = true;
const len0 = data2.length;
for(let i0=0; i0<len0; i0++){
const _errs7 = errors;
if(typeof data2[i0] !== "string"){
validate29.errors = [{instancePath:instancePath+"/line_item_ids/" + i0,keyword:"type",params:{type: "string"}}];
return false;
}
var valid1 = _errs7 === errors;
if(!valid1){
break;
}
}
}
else {
validate29.errors = [{instancePath:instancePath+"/line_item_ids",keyword:"type",params:{type: "array"}}];
return false;
}
}
var valid0 = _errs5 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.destinations !== undefined){
let data4 = data.destinations;
const _errs9 = errors;
if(errors === _errs9){
if(Array.isArray(data4)){
var valid2 = true;
const len1 = data4.length;
for(let i1=0; i1<len1; i1++){
const _errs11 = errors;
if(!(validate30(data4[i1], {instancePath:instancePath+"/destinations/" + i1,parentData:data4,parentDataProperty:i1,rootData}))){
vErrors ??= [];
for (const error of validate30.errors) vErrors.push(error);
errors = vErrors.length;
}
var valid2 = _errs11 === errors;
if(!valid2){
break;
}
}
}
else {
validate29.errors = [{instancePath:instancePath+"/destinations",keyword:"type",params:{type: "array"}}];
return false;
}
}
var valid0 = _errs9 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.selected_destination_id !== undefined){
let data6 = data.selected_destination_id;
const _errs12 = errors;
if((typeof data6 !== "string") && (data6 !== null)){
validate29.errors = [{instancePath:instancePath+"/selected_destination_id",keyword:"type",params:{type: schema11.properties.selected_destination_id.type}}];
return false;
}
var valid0 = _errs12 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.groups !== undefined){
let data7 = data.groups;
const _errs14 = errors;
if(errors === _errs14){
if(Array.isArray(data7)){
var valid3 = true;
const len2 = data7.length;
for(let i2=0; i2<len2; i2++){
let data8 = data7[i2];
const _errs16 = errors;
if(data8 && typeof data8 == "object" && !Array.isArray(data8)){
if(data8.id === null){
delete data8.id;
}
}
if(errors === _errs16){
if(data8 && typeof data8 == "object" && !Array.isArray(data8)){
if(data8.id !== undefined){
const _errs18 = errors;
if(typeof data8.id !== "string"){
validate29.errors = [{instancePath:instancePath+"/groups/" + i2+"/id",keyword:"type",params:{type: "string"}}];
return false;
}
var valid4 = _errs18 === errors;
}
else {
var valid4 = true;
}
if(valid4){
if(data8.selected_option_id !== undefined){
let data10 = data8.selected_option_id;
const _errs20 = errors;
if((typeof data10 !== "string") && (data10 !== null)){
validate29.errors = [{instancePath:instancePath+"/groups/" + i2+"/selected_option_id",keyword:"type",params:{type: schema11.properties.groups.items.properties.selected_option_id.type}}];
return false;
}
var valid4 = _errs20 === errors;
}
else {
var valid4 = true;
}
}
}
else {
validate29.errors = [{instancePath:instancePath+"/groups/" + i2,keyword:"type",params:{type: "object"}}];
return false;
}
}
var valid3 = _errs16 === errors;
if(!valid3){
break;
}
}
}
else {
validate29.errors = [{instancePath:instancePath+"/groups",keyword:"type",params:{type: "array"}}];
return false;
}
}
var valid0 = _errs14 === errors;
}
else {
var valid0 = true;
}
}
}
}
}
}
}
else {
validate29.errors = [{instancePath,keyword:"type",params:{type: "object"}}];
return false;
}
}
validate29.errors = vErrors;
return errors === 0;
}


function validate28(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
/*# sourceURL="Fulfillment" */;
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.methods === null){
delete data.methods;
}
}
if(errors === 0){
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.methods !== undefined){
let data0 = data.methods;
const _errs1 = errors;
if(errors === _errs1){
if(Array.isArray(data0)){
if(data0.length > 20){
validate28.errors = [{instancePath:instancePath+"/methods",keyword:"maxItems",params:{limit: 20}}];
return false;
}
else {
var valid1 = true;
const len0 = data0.length;
for(let i0=0; i0<len0; i0++){
const _errs3 = errors;
if(!(validate29(data0[i0], {instancePath:instancePath+"/methods/" + i0,parentData:data0,parentDataProperty:i0,rootData}))){
vErrors ??= [];
for (const error of validate29.errors) vErrors.push(error);
errors = vErrors.length;
}
var valid1 = _errs3 === errors;
if(!valid1){
break;
}
}
}
}
else {
validate28.errors = [{instancePath:instancePath+"/methods",keyword:"type",params:{type: "array"}}];
return false;
}
}
}
}
else {
validate28.errors = [{instancePath,keyword:"type",params:{type: "object"}}];
return false;
}
}
validate28.errors = vErrors;
return errors === 0;
}

const schema14 = {"type":"object","properties":{"codes":{"type":"array","maxItems":10,"items":{"type":"string"}}},"x-null-is-absent":["codes"],"$id":"Discounts"};

function validate36(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
/*# sourceURL="Discounts" */;
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.codes === null){
delete data.codes;
}
}
if(errors === 0){
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.codes !== undefined){
let data0 = data.codes;
const _errs1 = errors;
if(errors === _errs1){
if(Array.isArray(data0)){
if(data0.length > 10){
validate36.errors = [{instancePath:instancePath+"/codes",keyword:"maxItems",params:{limit: 10}}];
return false;
}
else {
var valid1 = true;
const len0 = data0.length;
for(let i0=0; i0<len0; i0++){
const _errs3 = errors;
if(typeof data0[i0] !== "string"){
validate36.errors = [{instancePath:instancePath+"/codes/" + i0,keyword:"type",params:{type: "string"}}];
return false;
}
var valid1 = _errs3 === errors;
if(!valid1){
break;
}
}
}
}
else {
validate36.errors = [{instancePath:instancePath+"/codes",keyword:"type",params:{type: "array"}}];
return false;
}
}
}
}
else {
validate36.errors = [{instancePath,keyword:"type",params:{type: "object"}}];
return false;
}
}
validate36.errors = vErrors;
return errors === 0;
}


function validate21(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
/*# sourceURL="CheckoutCreate" */;
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.line_items === null){
delete data.line_items;
}
if(data.cart_id === null){
delete data.cart_id;
}
if(data.buyer === null){
delete data.buyer;
}
if(data.context === null){
delete data.context;
}
if(data.signals === null){
delete data.signals;
}
if(data.attribution === null){
delete data.attribution;
}
if(data.fulfillment === null){
delete data.fulfillment;
}
if(data.discounts === null){
delete data.discounts;
}
}
if(errors === 0){
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.line_items !== undefined){
const _errs1 = errors;
if(!(validate22(data.line_items, {instancePath:instancePath+"/line_items",parentData:data,parentDataProperty:"line_items",rootData}))){
vErrors ??= [];
for (const error of validate22.errors) vErrors.push(error);
errors = vErrors.length;
}
var valid0 = _errs1 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.cart_id !== undefined){
const _errs2 = errors;
if(typeof data.cart_id !== "string"){
validate21.errors = [{instancePath:instancePath+"/cart_id",keyword:"type",params:{type: "string"}}];
return false;
}
var valid0 = _errs2 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.buyer !== undefined){
const _errs4 = errors;
if(!(validate24(data.buyer, {instancePath:instancePath+"/buyer",parentData:data,parentDataProperty:"buyer",rootData}))){
vErrors ??= [];
for (const error of validate24.errors) vErrors.push(error);
errors = vErrors.length;
}
var valid0 = _errs4 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.context !== undefined){
const _errs5 = errors;
if(!(validate26(data.context, {instancePath:instancePath+"/context",parentData:data,parentDataProperty:"context",rootData}))){
vErrors ??= [];
for (const error of validate26.errors) vErrors.push(error);
errors = vErrors.length;
}
var valid0 = _errs5 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.signals !== undefined){
let data4 = data.signals;
const _errs6 = errors;
if(!(data4 && typeof data4 == "object" && !Array.isArray(data4))){
validate21.errors = [{instancePath:instancePath+"/signals",keyword:"type",params:{type: "object"}}];
return false;
}
var valid0 = _errs6 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.attribution !== undefined){
let data5 = data.attribution;
const _errs8 = errors;
if(!(data5 && typeof data5 == "object" && !Array.isArray(data5))){
validate21.errors = [{instancePath:instancePath+"/attribution",keyword:"type",params:{type: "object"}}];
return false;
}
var valid0 = _errs8 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.fulfillment !== undefined){
const _errs10 = errors;
if(!(validate28(data.fulfillment, {instancePath:instancePath+"/fulfillment",parentData:data,parentDataProperty:"fulfillment",rootData}))){
vErrors ??= [];
for (const error of validate28.errors) vErrors.push(error);
errors = vErrors.length;
}
var valid0 = _errs10 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.discounts !== undefined){
const _errs11 = errors;
if(!(validate36(data.discounts, {instancePath:instancePath+"/discounts",parentData:data,parentDataProperty:"discounts",rootData}))){
vErrors ??= [];
for (const error of validate36.errors) vErrors.push(error);
errors = vErrors.length;
}
var valid0 = _errs11 === errors;
}
else {
var valid0 = true;
}
}
}
}
}
}
}
}
}
else {
validate21.errors = [{instancePath,keyword:"type",params:{type: "object"}}];
return false;
}
}
validate21.errors = vErrors;
return errors === 0;
}

export const validateCheckoutUpdate = validate38;
const schema15 = {"type":"object","required":["line_items"],"properties":{"line_items":{"$ref":"LineItems"},"buyer":{"$ref":"Buyer"},"context":{"$ref":"Context"},"signals":{"type":"object"},"attribution":{"type":"object"},"fulfillment":{"$ref":"Fulfillment"},"discounts":{"$ref":"Discounts"}},"x-null-is-absent":["buyer","context","signals","attribution","fulfillment","discounts"],"$id":"CheckoutUpdate"};

function validate38(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
/*# sourceURL="CheckoutUpdate" */;
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.buyer === null){
delete data.buyer;
}
if(data.context === null){
delete data.context;
}
if(data.signals === null){
delete data.signals;
}
if(data.attribution === null){
delete data.attribution;
}
if(data.fulfillment === null){
delete data.fulfillment;
}
if(data.discounts === null){
delete data.discounts;
}
}
if(errors === 0){
if(data && typeof data == "object" && !Array.isArray(data)){
let missing0;
if((data.line_items === undefined) && (missing0 = "line_items")){
validate38.errors = [{instancePath,keyword:"required",params:{missingProperty: missing0}}];
return false;
}
else {
if(data.line_items !== undefined){
const _errs1 = errors;
if(!(validate22(data.line_items, {instancePath:instancePath+"/line_items",parentData:data,parentDataProperty:"line_items",rootData}))){
vErrors ??= [];
for (const error of validate22.errors) vErrors.push(error);
errors = vErrors.length;
}
var valid0 = _errs1 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.buyer !== undefined){
const _errs2 = errors;
if(!(validate24(data.buyer, {instancePath:instancePath+"/buyer",parentData:data,parentDataProperty:"buyer",rootData}))){
vErrors ??= [];
for (const error of validate24.errors) vErrors.push(error);
errors = vErrors.length;
}
var valid0 = _errs2 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.context !== undefined){
const _errs3 = errors;
if(!(validate26(data.context, {instancePath:instancePath+"/context",parentData:data,parentDataProperty:"context",rootData}))){
vErrors ??= [];
for (const error of validate26.errors) vErrors.push(error);
errors = vErrors.length;
}
var valid0 = _errs3 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.signals !== undefined){
let data3 = data.signals;
const _errs4 = errors;
if(!(data3 && typeof data3 == "object" && !Array.isArray(data3))){
validate38.errors = [{instancePath:instancePath+"/signals",keyword:"type",params:{type: "object"}}];
return false;
}
var valid0 = _errs4 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.attribution !== undefined){
let data4 = data.attribution;
const _errs6 = errors;
if(!(data4 && typeof data4 == "object" && !Array.isArray(data4))){
validate38.errors = [{instancePath:instancePath+"/attribution",keyword:"type",params:{type: "object"}}];
return false;
}
var valid0 = _errs6 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.fulfillment !== undefined){
const _errs8 = errors;
if(!(validate28(data.fulfillment, {instancePath:instancePath+"/fulfillment",parentData:data,parentDataProperty:"fulfillment",rootData}))){
vErrors ??= [];
for (const error of validate28.errors) vErrors.push(error);
errors = vErrors.length;
}
var valid0 = _errs8 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.discounts !== undefined){
const _errs9 = errors;
if(!(validate36(data.discounts, {instancePath:instancePath+"/discounts",parentData:data,parentDataProperty:"discounts",rootData}))){
vErrors ??= [];
for (const error of validate36.errors) vErrors.push(error);
errors = vErrors.length;
}
var valid0 = _errs9 === errors;
}
else {
var valid0 = true;
}
}
}
}
}
}
}
}
}
else {
validate38.errors = [{instancePath,keyword:"type",params:{type: "object"}}];
return false;
}
}
validate38.errors = vErrors;
return errors === 0;
}

export const validateCheckoutComplete = validate44;
const schema16 = {"type":"object","required":["payment"],"properties":{"payment":{"$ref":"Payment"},"signals":{"type":"object"},"attribution":{"type":"object"}},"x-null-is-absent":["signals","attribution"],"$id":"CheckoutComplete"};
const schema17 = {"type":"object","required":["instruments"],"properties":{"instruments":{"type":"array","minItems":1,"items":{"type":"object","required":["id","handler_id","type"],"properties":{"id":{"type":"string"},"handler_id":{"type":"string"},"type":{"type":"string"},"selected":{"type":"boolean"},"billing_address":{"$ref":"PostalAddress"},"credential":{"type":"object","required":["type"],"properties":{"type":{"type":"string"},"token":{"type":"string"}},"x-null-is-absent":["token"]}},"x-null-is-absent":["selected","billing_address","credential"]}}},"$id":"Payment"};

function validate45(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
/*# sourceURL="Payment" */;
let vErrors = null;
let errors = 0;
if(errors === 0){
if(data && typeof data == "object" && !Array.isArray(data)){
let missing0;
if((data.instruments === undefined) && (missing0 = "instruments")){
validate45.errors = [{instancePath,keyword:"required",params:{missingProperty: missing0}}];
return false;
}
else {
if(data.instruments !== undefined){
let data0 = data.instruments;
const _errs1 = errors;
if(errors === _errs1){
if(Array.isArray(data0)){
if(data0.length < 1){
validate45.errors = [{instancePath:instancePath+"/instruments",keyword:"minItems",params:{limit: 1}}];
return false;
}
else {
var valid1 = true;
const len0 = data0.length;
for(let i0=0; i0<len0; i0++){
let data1 = data0[i0];
const _errs3 = errors;
if(data1 && typeof data1 == "object" && !Array.isArray(data1)){
if(data1.selected === null){
delete data1.selected;
}
if(data1.billing_address === null){
delete data1.billing_address;
}
if(data1.credential === null){
delete data1.credential;
}
}
if(errors === _errs3){
if(data1 && typeof data1 == "object" && !Array.isArray(data1)){
let missing1;
if((((data1.id === undefined) && (missing1 = "id")) || ((data1.handler_id === undefined) && (missing1 = "handler_id"))) || ((data1.type === undefined) && (missing1 = "type"))){
validate45.errors = [{instancePath:instancePath+"/instruments/" + i0,keyword:"required",params:{missingProperty: missing1}}];
return false;
}
else {
if(data1.id !== undefined){
const _errs5 = errors;
if(typeof data1.id !== "string"){
validate45.errors = [{instancePath:instancePath+"/instruments/" + i0+"/id",keyword:"type",params:{type: "string"}}];
return false;
}
var valid2 = _errs5 === errors;
}
else {
var valid2 = true;
}
if(valid2){
if(data1.handler_id !== undefined){
const _errs7 = errors;
if(typeof data1.handler_id !== "string"){
validate45.errors = [{instancePath:instancePath+"/instruments/" + i0+"/handler_id",keyword:"type",params:{type: "string"}}];
return false;
}
var valid2 = _errs7 === errors;
}
else {
var valid2 = true;
}
if(valid2){
if(data1.type !== undefined){
const _errs9 = errors;
if(typeof data1.type !== "string"){
validate45.errors = [{instancePath:instancePath+"/instruments/" + i0+"/type",keyword:"type",params:{type: "string"}}];
return false;
}
var valid2 = _errs9 === errors;
}
else {
var valid2 = true;
}
if(valid2){
if(data1.selected !== undefined){
const _errs11 = errors;
if(typeof data1.selected !== "boolean"){
validate45.errors = [{instancePath:instancePath+"/instruments/" + i0+"/selected",keyword:"type",params:{type: "boolean"}}];
return false;
}
var valid2 = _errs11 === errors;
}
else {
var valid2 = true;
}
if(valid2){
if(data1.billing_address !== undefined){
const _errs13 = errors;
if(!(validate31(data1.billing_address, {instancePath:instancePath+"/instruments/" + i0+"/billing_address",parentData:data1,parentDataProperty:"billing_address",rootData}))){
vErrors ??= [];
for (const error of validate31.errors) vErrors.push(error);
errors = vErrors.length;
}
var valid2 = _errs13 === errors;
}
else {
var valid2 = true;
}
if(valid2){
if(data1.credential !== undefined){
let data7 = data1.credential;
const _errs14 = errors;
if(data7 && typeof data7 == "object" && !Array.isArray(data7)){
if(data7.token === null){
delete data7.token;
}
}
if(errors === _errs14){
if(data7 && typeof data7 == "object" && !Array.isArray(data7)){
let missing2;
if((data7.type === undefined) && (missing2 = "type")){
validate45.errors = [{instancePath:instancePath+"/instruments/" + i0+"/credential",keyword:"required",params:{missingProperty: missing2}}];
return false;
}
else {
if(data7.type !== undefined){
const _errs16 = errors;
if(typeof data7.type !== "string"){
validate45.errors = [{instancePath:instancePath+"/instruments/" + i0+"/credential/type",keyword:"type",params:{type: "string"}}];
return false;
}
var valid3 = _errs16 === errors;
}
else {
var valid3 = true;
}
if(valid3){
if(data7.token !== undefined){
const _errs18 = errors;
if(typeof data7.token !== "string"){
validate45.errors = [{instancePath:instancePath+"/instruments/" + i0+"/credential/token",keyword:"type",params:{type: "string"}}];
return false;
}
var valid3 = _errs18 === errors;
}
else {
var valid3 = true;
}
}
}
}
else {
validate45.errors = [{instancePath:instancePath+"/instruments/" + i0+"/credential",keyword:"type",params:{type: "object"}}];
return false;
}
}
var valid2 = _errs14 === errors;
}
else {
var valid2 = true;
}
}
}
}
}
}
}
}
else {
validate45.errors = [{instancePath:instancePath+"/instruments/" + i0,keyword:"type",params:{type: "object"}}];
return false;
}
}
var valid1 = _errs3 === errors;
if(!valid1){
break;
}
}
}
}
else {
validate45.errors = [{instancePath:instancePath+"/instruments",keyword:"type",params:{type: "array"}}];
return false;
}
}
}
}
}
else {
validate45.errors = [{instancePath,keyword:"type",params:{type: "object"}}];
return false;
}
}
validate45.errors = vErrors;
return errors === 0;
}


function validate44(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
/*# sourceURL="CheckoutComplete" */;
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.signals === null){
delete data.signals;
}
if(data.attribution === null){
delete data.attribution;
}
}
if(errors === 0){
if(data && typeof data == "object" && !Array.isArray(data)){
let missing0;
if((data.payment === undefined) && (missing0 = "payment")){
validate44.errors = [{instancePath,keyword:"required",params:{missingProperty: missing0}}];
return false;
}
else {
if(data.payment !== undefined){
const _errs1 = errors;
if(!(validate45(data.payment, {instancePath:instancePath+"/payment",parentData:data,parentDataProperty:"payment",rootData}))){
vErrors ??= [];
for (const error of validate45.errors) vErrors.push(error);
errors = vErrors.length;
}
var valid0 = _errs1 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.signals !== undefined){
let data1 = data.signals;
const _errs2 = errors;
if(!(data1 && typeof data1 == "object" && !Array.isArray(data1))){
validate44.errors = [{instancePath:instancePath+"/signals",keyword:"type",params:{type: "object"}}];
return false;
}
var valid0 = _errs2 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.attribution !== undefined){
let data2 = data.attribution;
const _errs4 = errors;
if(!(data2 && typeof data2 == "object" && !Array.isArray(data2))){
validate44.errors = [{instancePath:instancePath+"/attribution",keyword:"type",params:{type: "object"}}];
return false;
}
var valid0 = _errs4 === errors;
}
else {
var valid0 = true;
}
}
}
}
}
else {
validate44.errors = [{instancePath,keyword:"type",params:{type: "object"}}];
return false;
}
}
validate44.errors = vErrors;
return errors === 0;
}

export const validateCartWrite = validate48;
const schema18 = {"type":"object","required":["line_items"],"properties":{"line_items":{"$ref":"LineItems"},"buyer":{"$ref":"Buyer"},"context":{"$ref":"Context"},"discounts":{"$ref":"Discounts"}},"x-null-is-absent":["buyer","context","discounts"],"$id":"CartWrite"};

function validate48(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
/*# sourceURL="CartWrite" */;
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.buyer === null){
delete data.buyer;
}
if(data.context === null){
delete data.context;
}
if(data.discounts === null){
delete data.discounts;
}
}
if(errors === 0){
if(data && typeof data == "object" && !Array.isArray(data)){
let missing0;
if((data.line_items === undefined) && (missing0 = "line_items")){
validate48.errors = [{instancePath,keyword:"required",params:{missingProperty: missing0}}];
return false;
}
else {
if(data.line_items !== undefined){
const _errs1 = errors;
if(!(validate22(data.line_items, {instancePath:instancePath+"/line_items",parentData:data,parentDataProperty:"line_items",rootData}))){
vErrors ??= [];
for (const error of validate22.errors) vErrors.push(error);
errors = vErrors.length;
}
var valid0 = _errs1 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.buyer !== undefined){
const _errs2 = errors;
if(!(validate24(data.buyer, {instancePath:instancePath+"/buyer",parentData:data,parentDataProperty:"buyer",rootData}))){
vErrors ??= [];
for (const error of validate24.errors) vErrors.push(error);
errors = vErrors.length;
}
var valid0 = _errs2 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.context !== undefined){
const _errs3 = errors;
if(!(validate26(data.context, {instancePath:instancePath+"/context",parentData:data,parentDataProperty:"context",rootData}))){
vErrors ??= [];
for (const error of validate26.errors) vErrors.push(error);
errors = vErrors.length;
}
var valid0 = _errs3 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.discounts !== undefined){
const _errs4 = errors;
if(!(validate36(data.discounts, {instancePath:instancePath+"/discounts",parentData:data,parentDataProperty:"discounts",rootData}))){
vErrors ??= [];
for (const error of validate36.errors) vErrors.push(error);
errors = vErrors.length;
}
var valid0 = _errs4 === errors;
}
else {
var valid0 = true;
}
}
}
}
}
}
else {
validate48.errors = [{instancePath,keyword:"type",params:{type: "object"}}];
return false;
}
}
validate48.errors = vErrors;
return errors === 0;
}

export const validateCatalogSearch = validate53;
const schema19 = {"type":"object","properties":{"query":{"type":"string","maxLength":200},"context":{"$ref":"Context"},"filters":{"$ref":"Filters"},"pagination":{"type":"object","properties":{"cursor":{"type":"string"},"limit":{"type":"integer","minimum":1}},"x-null-is-absent":["cursor","limit"]}},"x-null-is-absent":["query","context","filters","pagination"],"$id":"CatalogSearch"};
const func2 = (text) => { let length = 0; for (const _ of text) length += 1; return length; };
const schema20 = {"type":"object","properties":{"categories":{"type":"array","items":{"type":"string"}},"price":{"type":"object","properties":{"min":{"type":"integer","minimum":0},"max":{"type":"integer","minimum":0}},"x-null-is-absent":["min","max"]}},"x-null-is-absent":["categories","price"],"$id":"Filters"};

function validate55(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
/*# sourceURL="Filters" */;
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.categories === null){
delete data.categories;
}
if(data.price === null){
delete data.price;
}
}
if(errors === 0){
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.categories !== undefined){
let data0 = data.categories;
const _errs1 = errors;
if(errors === _errs1){
if(Array.isArray(data0)){
var valid1 = true;
const len0 = data0.length;
for(let i0=0; i0<len0; i0++){
const _errs3 = errors;
if(typeof data0[i0] !== "string"){
validate55.errors = [{instancePath:instancePath+"/categories/" + i0,keyword:"type",params:{type: "string"}}];
return false;
}
var valid1 = _errs3 === errors;
if(!valid1){
break;
}
}
}
else {
validate55.errors = [{instancePath:instancePath+"/categories",keyword:"type",params:{type: "array"}}];
return false;
}
}
var valid0 = _errs1 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.price !== undefined){
let data2 = data.price;
const _errs5 = errors;
if(data2 && typeof data2 == "object" && !Array.isArray(data2)){
if(data2.min === null){
delete data2.min;
}
if(data2.max === null){
delete data2.max;
}
}
if(errors === _errs5){
if(data2 && typeof data2 == "object" && !Array.isArray(data2)){
if(data2.min !== undefined){
let data3 = data2.min;
const _errs7 = errors;
if(!(((typeof data3 == "number") && (!(data3 % 1) && !isNaN(data3))) && (isFinite(data3)))){
validate55.errors = [{instancePath:instancePath+"/price/min",keyword:"type",params:{type: "integer"}}];
return false;
}
if(errors === _errs7){
if((typeof data3 == "number") && (isFinite(data3))){
if(data3 < 0 || isNaN(data3)){
validate55.errors = [{instancePath:instancePath+"/price/min",keyword:"minimum",params:{comparison: ">=", limit: 0}}];
return false;
}
}
}
var valid2 = _errs7 === errors;
}
else {
var valid2 = true;
}
if(valid2){
if(data2.max !== undefined){
let data4 = data2.max;
const _errs9 = errors;
if(!(((typeof data4 == "number") && (!(data4 % 1) && !isNaN(data4))) && (isFinite(data4)))){
validate55.errors = [{instancePath:instancePath+"/price/max",keyword:"type",params:{type: "integer"}}];
return false;
}
if(errors === _errs9){
if((typeof data4 == "number") && (isFinite(data4))){
if(data4 < 0 || isNaN(data4)){
validate55.errors = [{instancePath:instancePath+"/price/max",keyword:"minimum",params:{comparison: ">=", limit: 0}}];
return false;
}
}
}
var valid2 = _errs9 === errors;
}
else {
var valid2 = true;
}
}
}
else {
validate55.errors = [{instancePath:instancePath+"/price",keyword:"type",params:{type: "object"}}];
return false;
}
}
var valid0 = _errs5 === errors;
}
else {
var valid0 = true;
}
}
}
else {
validate55.errors = [{instancePath,keyword:"type",params:{type: "object"}}];
return false;
}
}
validate55.errors = vErrors;
return errors === 0;
}


function validate53(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
/*# sourceURL="CatalogSearch" */;
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.query === null){
delete data.query;
}
if(data.context === null){
delete data.context;
}
if(data.filters === null){
delete data.filters;
}
if(data.pagination === null){
delete data.pagination;
}
}
if(errors === 0){
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.query !== undefined){
let data0 = data.query;
const _errs1 = errors;
if(errors === _errs1){
if(typeof data0 === "string"){
if(func2(data0) > 200){
validate53.errors = [{instancePath:instancePath+"/query",keyword:"maxLength",params:{limit: 200}}];
return false;
}
}
else {
validate53.errors = [{instancePath:instancePath+"/query",keyword:"type",params:{type: "string"}}];
return false;
}
}
var valid0 = _errs1 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.context !== undefined){
const _errs3 = errors;
if(!(validate26(data.context, {instancePath:instancePath+"/context",parentData:data,parentDataProperty:"context",rootData}))){
vErrors ??= [];
for (const error of validate26.errors) vErrors.push(error);
errors = vErrors.length;
}
var valid0 = _errs3 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.filters !== undefined){
const _errs4 = errors;
if(!(validate55(data.filters, {instancePath:instancePath+"/filters",parentData:data,parentDataProperty:"filters",rootData}))){
vErrors ??= [];
for (const error of validate55.errors) vErrors.push(error);
errors = vErrors.length;
}
var valid0 = _errs4 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.pagination !== undefined){
let data3 = data.pagination;
const _errs5 = errors;
if(data3 && typeof data3 == "object" && !Array.isArray(data3)){
if(data3.cursor === null){
delete data3.cursor;
}
if(data3.limit === null){
delete data3.limit;
}
}
if(errors === _errs5){
if(data3 && typeof data3 == "object" && !Array.isArray(data3)){
if(data3.cursor !== undefined){
const _errs7 = errors;
if(typeof data3.cursor !== "string"){
validate53.errors = [{instancePath:instancePath+"/pagination/cursor",keyword:"type",params:{type: "string"}}];
return false;
}
var valid1 = _errs7 === errors;
}
else {
var valid1 = true;
}
if(valid1){
if(data3.limit !== undefined){
let data5 = data3.limit;
const _errs9 = errors;
if(!(((typeof data5 == "number") && (!(data5 % 1) && !isNaN(data5))) && (isFinite(data5)))){
validate53.errors = [{instancePath:instancePath+"/pagination/limit",keyword:"type",params:{type: "integer"}}];
return false;
}
if(errors === _errs9){
if((typeof data5 == "number") && (isFinite(data5))){
if(data5 < 1 || isNaN(data5)){
validate53.errors = [{instancePath:instancePath+"/pagination/limit",keyword:"minimum",params:{comparison: ">=", limit: 1}}];
return false;
}
}
}
var valid1 = _errs9 === errors;
}
else {
var valid1 = true;
}
}
}
else {
validate53.errors = [{instancePath:instancePath+"/pagination",keyword:"type",params:{type: "object"}}];
return false;
}
}
var valid0 = _errs5 === errors;
}
else {
var valid0 = true;
}
}
}
}
}
else {
validate53.errors = [{instancePath,keyword:"type",params:{type: "object"}}];
return false;
}
}
validate53.errors = vErrors;
return errors === 0;
}

export const validateCatalogLookup = validate57;
const schema21 = {"type":"object","required":["ids"],"properties":{"ids":{"type":"array","minItems":1,"items":{"type":"string"}},"context":{"$ref":"Context"},"filters":{"$ref":"Filters"}},"x-null-is-absent":["context","filters"],"$id":"CatalogLookup"};

function validate57(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
/*# sourceURL="CatalogLookup" */;
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.context === null){
delete data.context;
}
if(data.filters === null){
delete data.filters;
}
}
if(errors === 0){
if(data && typeof data == "object" && !Array.isArray(data)){
let missing0;
if((data.ids === undefined) && (missing0 = "ids")){
validate57.errors = [{instancePath,keyword:"required",params:{missingProperty: missing0}}];
return false;
}
else {
if(data.ids !== undefined){
let data0 = data.ids;
const _errs1 = errors;
if(errors === _errs1){
if(Array.isArray(data0)){
if(data0.length < 1){
validate57.errors = [{instancePath:instancePath+"/ids",keyword:"minItems",params:{limit: 1}}];
return false;
}
else {
var valid1 = true;
const len0 = data0.length;
for(let i0=0; i0<len0; i0++){
const _errs3 = errors;
if(typeof data0[i0] !== "string"){
validate57.errors = [{instancePath:instancePath+"/ids/" + i0,keyword:"type",params:{type: "string"}}];
return false;
}
var valid1 = _errs3 === errors;
if(!valid1){
break;
}
}
}
}
else {
validate57.errors = [{instancePath:instancePath+"/ids",keyword:"type",params:{type: "array"}}];
return false;
}
}
var valid0 = _errs1 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.context !== undefined){
const _errs5 = errors;
if(!(validate26(data.context, {instancePath:instancePath+"/context",parentData:data,parentDataProperty:"context",rootData}))){
vErrors ??= [];
for (const error of validate26.errors) vErrors.push(error);
errors = vErrors.length;
}
var valid0 = _errs5 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.filters !== undefined){
const _errs6 = errors;
if(!(validate55(data.filters, {instancePath:instancePath+"/filters",parentData:data,parentDataProperty:"filters",rootData}))){
vErrors ??= [];
for (const error of validate55.errors) vErrors.push(error);
errors = vErrors.length;
}
var valid0 = _errs6 === errors;
}
else {
var valid0 = true;
}
}
}
}
}
else {
validate57.errors = [{instancePath,keyword:"type",params:{type: "object"}}];
return false;
}
}
validate57.errors = vErrors;
return errors === 0;
}

export const validateCatalogProduct = validate60;
const schema22 = {"type":"object","required":["id"],"properties":{"id":{"type":"string"},"context":{"$ref":"Context"},"filters":{"$ref":"Filters"}},"x-null-is-absent":["context","filters"],"$id":"CatalogProduct"};

function validate60(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
/*# sourceURL="CatalogProduct" */;
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.context === null){
delete data.context;
}
if(data.filters === null){
delete data.filters;
}
}
if(errors === 0){
if(data && typeof data == "object" && !Array.isArray(data)){
let missing0;
if((data.id === undefined) && (missing0 = "id")){
validate60.errors = [{instancePath,keyword:"required",params:{missingProperty: missing0}}];
return false;
}
else {
if(data.id !== undefined){
const _errs1 = errors;
if(typeof data.id !== "string"){
validate60.errors = [{instancePath:instancePath+"/id",keyword:"type",params:{type: "string"}}];
return false;
}
var valid0 = _errs1 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.context !== undefined){
const _errs3 = errors;
if(!(validate26(data.context, {instancePath:instancePath+"/context",parentData:data,parentDataProperty:"context",rootData}))){
vErrors ??= [];
for (const error of validate26.errors) vErrors.push(error);
errors = vErrors.length;
}
var valid0 = _errs3 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.filters !== undefined){
const _errs4 = errors;
if(!(validate55(data.filters, {instancePath:instancePath+"/filters",parentData:data,parentDataProperty:"filters",rootData}))){
vErrors ??= [];
for (const error of validate55.errors) vErrors.push(error);
errors = vErrors.length;
}
var valid0 = _errs4 === errors;
}
else {
var valid0 = true;
}
}
}
}
}
else {
validate60.errors = [{instancePath,keyword:"type",params:{type: "object"}}];
return false;
}
}
validate60.errors = vErrors;
return errors === 0;
}

export const rules = {};
